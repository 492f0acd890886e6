using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>
/// Lets two operands share bytes: dst is a source, a column is the first column of dst, or one result lies in another.
/// Verification decides whether that is legal.
/// </summary>
internal static class Alias
{
    public static Operation Of(Draw draw, Operation operation)
    {
        var written = Arguments.Memory(operation, OperandRole.Write);
        var read = Arguments.Memory(operation, OperandRole.Read);
        if (written.Length == 0 || written.Length + read.Length < 2) return operation;
        var (first, dst) = (written[0], PatternOf(operation, written[0]));
        var others = read.Concat(written[1..]).ToArray();
        var other = draw.Of(others);
        var source = PatternOf(operation, other);
        if (dst.IsDynamic || source.IsDynamic || IsRepeated(source)) return operation;
        if (source.Free == dst.Free && source.DType.Size() == dst.DType.Size() && read.Contains(other)
            && draw.Chance(70))
            return Arguments.With(operation, first, source with { DType = dst.DType });
        if (source.DType.Size() != dst.DType.Size() && draw.Chance(70)) return operation;
        return source.Free == 1 ? Arguments.With(operation, other, Column(dst, source.DType))
            : Arguments.With(operation, first, Column(source, dst.DType));
    }

    private static AccessPattern PatternOf(Operation operation, int position) =>
        Arguments.Pattern(operation.Info.Operands[position].Get(operation))!.Value;

    /// <summary>The first column; of the other dtype, where that has as many bytes.</summary>
    private static AccessPattern Column(AccessPattern p, DType other) => p with
    {
        DType = p.DType.Size() == other.Size() ? other : p.DType,
        Count0 = 1,
        Count1 = 1,
        Count2 = 1,
        Count3 = 1,
        Stride0 = 0,
        Stride1 = 0,
        Stride2 = 0,
        Stride3 = 1,
    };

    private static bool IsRepeated(in AccessPattern p) =>
        (p.Count0 > 1 && p.Stride0 == 0) || (p.Count1 > 1 && p.Stride1 == 0)
        || (p.Count2 > 1 && p.Stride2 == 0) || (p.Count3 > 1 && p.Stride3 == 0);
}
