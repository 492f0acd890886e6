using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>
/// Where indices bring operands, by enumerating their bytes: those of whole operands, as verification sees them, though an
/// operation may use only a part.
/// </summary>
internal static class Meeting
{
    /// <summary>An index brings an operand to bytes of one that the operation writes.</summary>
    public static bool Of(Operation operation, OracleMachine oracle)
    {
        var operands = Operands(operation);
        return operands.Any(o => o.Pattern.IsDynamic) && operands.Where(o => o.IsWrite).Any(write => operands
            .Any(o => o != write && o.Pattern.Tensor == write.Pattern.Tensor
                && BytesOf(o.Pattern, oracle).Overlaps(BytesOf(write.Pattern, oracle))));
    }

    /// <summary>An index leads outside the tensor of an operand.</summary>
    public static bool IsOutside(Operation operation, OracleMachine oracle) =>
        Operands(operation).Any(o => o.Pattern.IsDynamic && oracle.IsOutside(o.Pattern));

    private static (int Position, bool IsWrite, AccessPattern Pattern)[] Operands(Operation operation) =>
    [
        .. operation.Info.Operands.SelectMany((o, i) => Arguments.Patterns(o.Get(operation))
            .Select(p => (i, o.Role == OperandRole.Write, p))),
    ];

    private static HashSet<long> BytesOf(in AccessPattern p, OracleMachine oracle)
    {
        if (oracle.IsOutside(p)) return [];
        var size = p.DType.Size();
        return [.. oracle.PlacesOf(p).SelectMany(place => Enumerable.Range(0, size).Select(k => place + k))];
    }
}
