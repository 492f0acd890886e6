using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;
using TrnEmu.Sim;

namespace TrnEmu.Reports.Html.Data;

/// <summary>
/// What the operations of a run touch: bytes of SBUF and PSUM for each operation; for each tensor when it is in use,
/// and how much transfers read and write of it where it lies in HBM.
/// </summary>
internal sealed class Touches
{
    /// <summary>Goes through the program once.</summary>
    public Touches(Program program, Timeline timeline)
    {
        var entries = program.Cores.Sum(c => c.Entries.Count);
        OnChip = new long[entries];
        Tensors = new TensorTouch[program.Tensors.Count];
        Array.Fill(Tensors, new TensorTouch(-1, 0, 0, 0, 0, 0));
        var sink = new EffectSink();
        var id = 0;
        for (var core = 0; core < program.Cores.Count; core++)
        {
            var starts = timeline.Cores[core].EntryStart.Span;
            var ends = timeline.Cores[core].EntryEnd.Span;
            var span = program.Cores[core].Entries.Span;
            for (var i = 0; i < span.Length; i++, id++)
            {
                sink.Clear();
                span[i].Operation.Effects(sink);
                foreach (ref readonly var effect in sink.Memory)
                    OnChip[id] += Touch(program, effect, starts[i], ends[i]);
            }
        }
    }

    /// <summary>Bytes of SBUF and PSUM that each operation reads and writes, counted over all cores.</summary>
    public long[] OnChip { get; }

    /// <summary>Each tensor of the program.</summary>
    public TensorTouch[] Tensors { get; }

    private long Touch(Program program, in MemoryEffect effect, long start, long end)
    {
        var bytes = effect.Pattern.Partitions * effect.Pattern.BytesPerPartition;
        ref var t = ref Tensors[effect.Pattern.Tensor];
        t = t with { First = t.First < 0 ? start : Math.Min(t.First, start), Last = Math.Max(t.Last, end) };
        var times = effect.Kind == AccessKind.Accumulate ? 2 : 1;
        if (program.SpaceOf(effect.Pattern) != MemorySpace.Hbm) return bytes * times;
        if (effect.Reads) t = t with { Read = t.Read + bytes, Loads = t.Loads + 1 };
        if (effect.Writes) t = t with { Written = t.Written + bytes, Stores = t.Stores + 1 };
        return 0;
    }
}

/// <summary>What is done to a tensor. Times are picoseconds.</summary>
/// <param name="First">Start of the first operation that touches it; -1 for none.</param>
/// <param name="Last">End of the last.</param>
/// <param name="Read">Bytes read of it; of tensors in HBM alone.</param>
/// <param name="Written">Bytes written to it; of tensors in HBM alone.</param>
/// <param name="Loads">Transfers that read it.</param>
/// <param name="Stores">Transfers that write it.</param>
internal readonly record struct TensorTouch(long First, long Last, long Read, long Written, int Loads, int Stores);
