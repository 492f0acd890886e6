using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// From which entry of its core to which entry each tensor is touched, by effects over program order. A tensor that is
/// touched in a loop and outside of it lives over all of the loop; one that only the body touches lives within the body
/// when each iteration begins by writing it, else over all loops around it, since an iteration may find in it what an
/// earlier one has left.
/// </summary>
public sealed class LiveRanges
{
    private readonly (int First, int Last)[] _ranges;

    /// <summary>Ranges of the tensors that the entries of one core touch.</summary>
    public LiveRanges(Program program, int core)
    {
        _ranges = new (int, int)[program.Tensors.Count];
        Array.Fill(_ranges, (-1, -1));
        var entries = program.Cores[core].Entries;
        var homes = LoopHomes.Of(program, entries);
        var effects = new EffectSink();
        var loops = new LoopCursor(entries);
        var span = entries.Span;
        for (var i = 0; i < span.Length; i++)
        {
            loops.Enter(i);
            effects.Clear();
            span[i].Operation.Effects(effects);
            foreach (ref readonly var effect in effects.Memory)
            {
                var (first, last) = homes is null ? (i, i) : homes.Span(effect.Pattern.Tensor, loops.Current, i);
                ref var range = ref _ranges[effect.Pattern.Tensor];
                range = (range.First < 0 ? first : Math.Min(range.First, first), Math.Max(range.Last, last));
            }
        }
    }

    /// <summary>First and last entry that touch the tensor, both included; (-1, -1) when none does.</summary>
    public (int First, int Last) this[int tensor] => _ranges[tensor];
}
