using System.Runtime.CompilerServices;
using TrnEmu.Core.Numerics.Loops;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics;

/// <content>
/// Operations that go strictly from element to element, with a state of each partition in fp32: scans, and sums that
/// registers hold. Arithmetic operators only.
/// </content>
public static unsafe partial class Elementwise
{
    /// <summary>
    /// dst[p, i] = s = (a[p, i] op0 s) op1 b[p, i] from s = initial of the partition; reverseK swaps the two sides of
    /// opK. s is not rounded to dst's dtype.
    /// </summary>
    [SkipLocalsInit]
    public static void Scan(
        in Tile dst, in Tile a, in Tile b, in Operand initial, AluOp op0, bool reverse0, AluOp op1, bool reverse1)
    {
        Span<float> states = stackalloc float[a.Partitions];
        Load(initial, states);
        var visitor = new InOrderVisitor(new InOrder(dst, a, b, default, states), InOrderKind.Scan, op1, reverse1);
        op0.Visit(reverse0, ref visitor);
    }

    /// <summary>dst[p, i] = states[p] = (src[p, i] op0 operand0) op1 states[p], i ascending.</summary>
    public static void Cumulate(in Tile dst, in Tile src, AluOp op0, in Operand operand0, AluOp op1, Span<float> states)
    {
        var operands = new InOrder(dst, src, src, operand0, states);
        var visitor = new InOrderVisitor(operands, InOrderKind.Cumulate, op1, reverse1: false);
        op0.Visit(reverse: false, ref visitor);
    }

    /// <summary>
    /// dst[p, i] = v = src[p, i] op0 operand0 and states[p] = states[p] op1 v, i ascending; v is not rounded to dst's
    /// dtype before.
    /// </summary>
    public static void Fold(in Tile dst, in Tile src, AluOp op0, in Operand operand0, AluOp op1, Span<float> states)
    {
        var operands = new InOrder(dst, src, src, operand0, states);
        var visitor = new InOrderVisitor(operands, InOrderKind.Fold, op1, reverse1: false);
        op0.Visit(reverse: false, ref visitor);
    }

    /// <summary>
    /// dst[p, i] = v = f(src[p, i] scale + bias, parameter) and states[p] = states[p] op v, i ascending; v is not
    /// rounded to dst's dtype before.
    /// </summary>
    public static void UnaryFold(
        in Tile dst, in Tile src, ActivationFunction f, in Affine input, AluOp op, Span<float> states)
    {
        var visitor = new ActivateFoldVisitor(dst, src, f, input, states);
        op.Visit(reverse: false, ref visitor);
    }

    /// <summary>dst = e^(src - max)</summary>
    public static void Exponential(in Tile dst, in Tile src, in Operand max)
    {
        var f = new TwoScalars<ExpOfDifference, First<Functions.Identity>>(max, default);
        MapLoop.Run(dst, src, ref f);
    }

    /// <summary>
    /// dst[p, i] = v = e^(src[p, i] - max) and states[p] = states[p] + v, i ascending; v is not rounded to dst's dtype
    /// before.
    /// </summary>
    public static void Exponential(in Tile dst, in Tile src, in Operand max, Span<float> states)
    {
        var step = new FoldStep<ExpOfDifference, Add>(max);
        LaneLoop.Run(dst, src, src, ref step, states);
    }

    /// <summary>values[p] = the operand of partition p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(in Operand operand, Span<float> values)
    {
        for (var p = 0; p < values.Length; p++) values[p] = operand.At(p);
    }
}
