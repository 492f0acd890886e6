using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// From which entry of its core to which entry each tensor is touched, by effects over program order.
/// </summary>
public sealed class LiveRanges
{
    private readonly (int First, int Last)[] _ranges;

    /// <summary>Ranges of the tensors that the entries of one core touch.</summary>
    public LiveRanges(Program program, int core)
    {
        _ranges = new (int, int)[program.Tensors.Count];
        Array.Fill(_ranges, (-1, -1));
        var effects = new EffectSink();
        var entries = program.Cores[core].Entries.Span;
        for (var i = 0; i < entries.Length; i++)
        {
            effects.Clear();
            entries[i].Operation.Effects(effects);
            foreach (ref readonly var effect in effects.Memory)
            {
                ref var range = ref _ranges[effect.Pattern.Tensor];
                range = (range.First < 0 ? i : range.First, i);
            }
        }
    }

    /// <summary>First and last entry that touch the tensor, both included; (-1, -1) when none does.</summary>
    public (int First, int Last) this[int tensor] => _ranges[tensor];
}
