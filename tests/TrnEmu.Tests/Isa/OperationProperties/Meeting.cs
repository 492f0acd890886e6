using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>Where indices bring operands, by enumerating their bytes.</summary>
internal static class Meeting
{
    /// <summary>An index brings an operand to bytes that the operation writes.</summary>
    public static bool Of(Operation operation, OracleMachine oracle)
    {
        var sink = new EffectSink();
        operation.Effects(sink);
        var effects = sink.Memory.ToArray();
        return effects.Any(e => e.Pattern.IsDynamic) && effects.Where(e => e.Writes).Any(write => effects
            .Any(e => e != write && e.Pattern.Tensor == write.Pattern.Tensor && BytesOf(e, oracle).Overlaps(BytesOf(write, oracle))));
    }

    /// <summary>An index leads outside the tensor of an operand.</summary>
    public static bool IsOutside(Operation operation, OracleMachine oracle)
    {
        var sink = new EffectSink();
        operation.Effects(sink);
        return sink.Memory.ToArray().Any(e => e.Pattern.IsDynamic && oracle.IsOutside(e.Pattern));
    }

    private static HashSet<long> BytesOf(MemoryEffect effect, OracleMachine oracle)
    {
        var p = effect.Pattern;
        if (oracle.IsOutside(p)) return [];
        return [.. oracle.PlacesOf(p).SelectMany(place => Enumerable.Range(0, p.DType.Size()).Select(k => place + k))];
    }
}
