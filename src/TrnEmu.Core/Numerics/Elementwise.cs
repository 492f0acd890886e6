using TrnEmu.Core.Numerics.Loops;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// Element-wise operations on tiles. Operands widen to fp32, compute in fp32 and round once to dst's dtype (see <see
/// cref="Conversions"/>); the operator is chosen once a call. All tiles of a call have the same partitions and elements
/// (a broadcast is a stride of 0); element i of one meets element i of the other in pattern order. dst may be the very
/// pattern of a source with elements of the same size; any other overlap of dst and a source is not allowed. Shapes are
/// not checked here.
/// </summary>
public static partial class Elementwise
{
    /// <summary>dst = src, rounded to dst's dtype.</summary>
    public static void Convert(in Tile dst, in Tile src)
    {
        var f = default(Same);
        MapLoop.Run(dst, src, ref f);
    }

    /// <summary>dst = f(src scale + bias, parameter)</summary>
    public static void Unary(in Tile dst, in Tile src, ActivationFunction f, in Affine input)
    {
        var visitor = new ActivateVisitor(dst, src, input);
        f.Visit(ref visitor);
    }

    /// <summary>
    /// The first element whose argument src scale + bias lies outside a range, in pattern order; null when none does.
    /// </summary>
    public static (int Partition, int Element, float Argument)? FirstOutside(
        in Tile src, in Affine input, in ActivationRange range) => input.IsFused
        ? RangeLoop.Find<RoundOnce>(src, input, range)
        : RangeLoop.Find<RoundEach>(src, input, range);

    /// <summary>dst = f(src)</summary>
    public static void Unary(in Tile dst, in Tile src, ActivationFunction f) => Unary(dst, src, f, Affine.None);

    /// <summary>
    /// dst = a op b. With <paramref name="exactIntegers"/>, 32-bit integers throughout are added, subtracted,
    /// multiplied (modulo 2^32), compared and ordered as integers, unsigned when a and b are; bitwise operators always
    /// work on bits.
    /// </summary>
    public static void Binary(AluOp op, in Tile dst, in Tile a, in Tile b, bool exactIntegers = false)
    {
        if (IntegerLoop.Takes(op, exactIntegers, dst, a, b))
        {
            IntegerLoop.Binary(op, dst, a, b);
            return;
        }

        var visitor = new PairVisitor(dst, a, b);
        op.Visit(reverse: false, ref visitor);
    }

    /// <summary>
    /// dst = (src op0 operand0) op1 operand1; reverseK swaps the two sides of opK. Integers as in <see cref="Binary"/>,
    /// both operators alike: a constant operand is then an integer, a column holds elements of src's size.
    /// </summary>
    public static void Scalar(
        in Tile dst, in Tile src, AluOp op0, in Operand operand0, bool reverse0 = false,
        AluOp op1 = AluOp.Bypass, in Operand operand1 = default, bool reverse1 = false, bool exactIntegers = false)
    {
        if (IntegerLoop.Takes(op0, exactIntegers, dst, src, src) && IntegerLoop.Takes(op1, op0, exactIntegers))
        {
            IntegerLoop.Scalar(
                dst, src, op0, operand0, reverse0 && !op0.IsUnary(), op1, operand1, reverse1 && !op1.IsUnary());
            return;
        }

        var visitor = new ChainVisitor(new Chain(dst, src, operand0, operand1, default, hasTile: false), op1, reverse1);
        op0.Visit(reverse0, ref visitor);
    }

    /// <summary>
    /// dst = (data op0 operand0) op1 operand1; reverseK swaps the two sides of opK. Arithmetic operators only.
    /// </summary>
    public static void ScalarTensorTensor(
        in Tile dst, in Tile data, AluOp op0, in Operand operand0, bool reverse0,
        AluOp op1, in Tile operand1, bool reverse1)
    {
        var visitor = new ChainVisitor(new Chain(dst, data, operand0, default, operand1, hasTile: true), op1, reverse1);
        op0.Visit(reverse0, ref visitor);
    }

    /// <summary>
    /// dst[p, o] = src[p, o n] op … op src[p, o n + n - 1] with n = src.Elements / dst.Elements, times -1 with
    /// <paramref name="negate"/>; op is one for which <see cref="AluOps.IsReduction"/> holds. Order: lane j of 16
    /// starts at the identity (0, 1, ±Inf, …) and takes elements j, j + 16, …; then lanes j and j + 8 are combined, j
    /// and j + 4, j and j + 2, j and j + 1. Bitwise operators work on the bits.
    /// </summary>
    public static void Reduce(AluOp op, in Tile dst, in Tile src, bool negate = false)
    {
        if (op.IsBitwise())
        {
            IntegerLoop.Reduce(op, dst, src);
            return;
        }

        var visitor = new ReduceLoop(dst, src, Identity(op), negate);
        op.Visit(reverse: false, ref visitor);
    }

    /// <summary>What a reduction by the operator starts from: 0, 1 or an infinity.</summary>
    public static float Identity(AluOp op) => op switch
    {
        AluOp.Multiply or AluOp.LogicalAnd => 1f,
        AluOp.Maximum => float.NegativeInfinity,
        AluOp.Minimum or AluOp.AbsMin => float.PositiveInfinity,
        _ => 0f,
    };
}
