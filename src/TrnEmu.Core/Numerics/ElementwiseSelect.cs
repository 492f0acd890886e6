using TrnEmu.Core.Numerics.Loops;

namespace TrnEmu.Core.Numerics;

/// <content>Choices between a tensor and a scalar, with the largest of each row.</content>
public static partial class Elementwise
{
    /// <summary>
    /// dst = v = (predicate ≠ 0, or = 0 with <paramref name="reverse"/>) ? onTrue : onFalse. Elements of onTrue move
    /// bit by bit when the dtypes are equal, else, as onFalse, through fp32. Unless largest is empty, largest[p] =
    /// max(largest[p], v[p, 0], …), v before it is rounded to dst's dtype.
    /// </summary>
    public static void Choose(
        in Tile dst, in Tile predicate, bool reverse, in Tile onTrue, in Operand onFalse, Span<float> largest) =>
        SelectLoop.Choose(dst, onTrue, onFalse, new PredicateMask(predicate, reverse), largest);

    /// <summary>
    /// dst = v = ((first + i) op0 bound0 and (first + i) op1 bound1) ? onTrue : onFalse, the operators comparisons,
    /// first + i exact in fp32. onTrue, onFalse and largest as in <see cref="Choose"/>.
    /// </summary>
    public static void ChooseRange(
        in Tile dst, int first, AluOp op0, in Operand bound0, AluOp op1, in Operand bound1, in Tile onTrue,
        in Operand onFalse, Span<float> largest) =>
        SelectLoop.Choose(dst, onTrue, onFalse, new RangeMask(first, op0, bound0, op1, bound1), largest);
}
