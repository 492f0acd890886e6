using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;
using TrnEmu.Sim;

namespace TrnEmu.Reports.Lanes;

/// <summary>
/// How much of SBUF and PSUM is in use over time: a tensor's bytes from the start of the first operation that touches it
/// to the end of the last. Bytes that several tensors share by address count once.
/// </summary>
internal sealed class MemoryUse
{
    private readonly Program _program;
    private readonly long[] _first;
    private readonly long[] _last;

    /// <summary>Finds when each tensor is in use.</summary>
    public MemoryUse(Program program, Timeline timeline)
    {
        _program = program;
        (_first, _last) = (new long[program.Tensors.Count], new long[program.Tensors.Count]);
        Array.Fill(_first, long.MaxValue);
        var effects = new EffectSink();
        for (var core = 0; core < program.Cores.Count; core++)
        {
            var starts = timeline.Cores[core].EntryStart.Span;
            var ends = timeline.Cores[core].EntryEnd.Span;
            var entries = program.Cores[core].Entries.Span;
            for (var i = 0; i < entries.Length; i++)
            {
                effects.Clear();
                entries[i].Operation.Effects(effects);
                foreach (ref readonly var effect in effects.Memory) Touch(effect.Pattern.Tensor, starts[i], ends[i]);
            }
        }
    }

    /// <summary>Bytes of each partition of SBUF: pairs of time and bytes from then on.</summary>
    public IEnumerable<(long Time, long Value)> SbufBytes(int core) => Steps(core, MemorySpace.Sbuf, 1);

    /// <summary>Banks of PSUM: pairs of time and banks from then on.</summary>
    public IEnumerable<(long Time, long Value)> PsumBanks(int core, Chip chip) =>
        Steps(core, MemorySpace.Psum, chip.PsumBankBytes.ToInt32());

    private void Touch(int tensor, long start, long end)
    {
        _first[tensor] = Math.Min(_first[tensor], start);
        _last[tensor] = Math.Max(_last[tensor], end);
    }

    private IEnumerable<(long Time, long Value)> Steps(int core, MemorySpace space, int unit)
    {
        var tensors = _program.Tensors.Where(t => t.Space == space && t.Core == core && _first[t.Id] < _last[t.Id]).ToArray();
        var changes = new List<(long Time, bool IsBegin, int Tensor)>(2 * tensors.Length);
        foreach (var t in tensors)
        {
            changes.Add((_first[t.Id], true, t.Id));
            changes.Add((_last[t.Id], false, t.Id));
        }

        // Ends before begins: who takes over bytes does not double them.
        changes.Sort();
        var bytes = new BytesInUse(tensors, unit);
        for (var i = 0; i < changes.Count; i++)
        {
            var (time, isBegin, tensor) = changes[i];
            bytes.Change(_program.Tensors[tensor], isBegin ? 1 : -1);
            if (i + 1 == changes.Count || changes[i + 1].Time != time) yield return (time, bytes.Units);
        }
    }
}
