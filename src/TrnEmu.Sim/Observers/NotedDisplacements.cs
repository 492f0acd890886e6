using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Sim.Observers;

/// <summary>Where indices moved the patterns of an operation when it was executed.</summary>
/// <param name="operation">The operation.</param>
/// <param name="displacements">Displacements of its dynamic patterns, one after the other, and of other operations'.</param>
/// <param name="first">Where its own begin.</param>
internal sealed class NotedDisplacements(Operation operation, List<long> displacements, int first) : IDisplacements
{
    /// <summary>Notes the displacements of a dynamic pattern.</summary>
    public static void Note(in AccessPattern pattern, IDisplacements state, List<long> displacements)
    {
        for (var i = 0; i < Count(pattern); i++)
        {
            displacements.Add(pattern.IsIndirect
                ? state.Displacement(pattern, (int)(i / pattern.Free) * pattern.Dynamic.Group, (int)(i % pattern.Free))
                : state.Displacement(pattern, i));
        }
    }

    /// <inheritdoc/>
    public long Displacement(in AccessPattern pattern, int partition) =>
        displacements[First(pattern) + (pattern.Dynamic.Kind == OffsetKind.Vector ? partition : 0)];

    /// <inheritdoc/>
    public long Displacement(in AccessPattern pattern, int partition, int element) =>
        displacements[First(pattern) + (int)(partition / pattern.Dynamic.Group * pattern.Free) + element];

    private static int Count(in AccessPattern pattern) => pattern.Dynamic.Kind == OffsetKind.Vector ? pattern.Partitions
        : pattern.IsIndirect ? checked((int)(pattern.Partitions / pattern.Dynamic.Group * pattern.Free)) : 1;

    private int First(in AccessPattern pattern)
    {
        var sink = new EffectSink();
        operation.Effects(sink);
        var at = first;
        foreach (ref readonly var effect in sink.Memory)
        {
            if (effect.Pattern == pattern) return at;
            if (effect.Pattern.IsDynamic) at += Count(effect.Pattern);
        }

        throw new InvalidOperationException($"{operation.Info.Name} has no such pattern");
    }
}
