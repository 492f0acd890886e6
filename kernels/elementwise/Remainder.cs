namespace TrnEmu.Kernels.Elementwise;

/// <summary>
/// The remainder of floats, exact while the quotient is below 2^22 (beyond, what is left of the dividend in fp32 does
/// not say) and the divisor is between 2^-126 and 2^116. The divisor times 2^11 is taken off first, then the divisor:
/// quotients of at most 2^12, whose products with the upper and the lower 12 bits of a divisor have no rounding.
/// </summary>
internal static class Remainder
{
    private const int Step = 11;
    private const double Whole = 1 << 23;
    private const double UpperBits = 0xfffff000;

    /// <summary>a - b trunc(a / b), with the sign of a.</summary>
    public static TensorView Of(ElementTile t, TensorView a, TensorView b)
    {
        var (rest, sign, divisor) = (t.New("rest"), t.New("sign"), t.New("divisor"));
        t.Scalar(rest, a, AluOp.Abs);
        t.Activate(sign, ActivationFunction.Sign, a);
        t.Scalar(divisor, b, AluOp.Abs, 0, AluOp.Minimum, float.MaxValue);
        var large = t.New("large");
        t.Scalar(large, divisor, AluOp.Multiply, 1 << Step, AluOp.Minimum, float.MaxValue);
        Take(t, rest, large);
        Take(t, rest, divisor);
        t.Pair(rest, rest, AluOp.Multiply, sign);
        return rest;
    }

    /// <summary>The remainder that has the sign of b: b is added to one of the other sign.</summary>
    public static TensorView WithSignOf(ElementTile t, TensorView rest, TensorView b)
    {
        var moved = t.New("moved");
        t.Activate(moved, ActivationFunction.Sign, rest);
        t.Pair(moved, moved, AluOp.Multiply, b);
        t.Fused(moved, moved, AluOp.Less, 0, AluOp.Multiply, b);
        t.Pair(rest, rest, AluOp.Add, moved);
        return rest;
    }

    /// <summary>rest = rest mod divisor, neither below 0.</summary>
    private static void Take(ElementTile t, TensorView rest, TensorView divisor)
    {
        var (times, upper, lower) = (t.New("times"), t.New("upper"), t.New("lower"));
        t.K.Issue(new Reciprocal(times, divisor));
        t.Pair(times, times, AluOp.Multiply, rest);
        t.Scalar(times, times, AluOp.Add, Whole, AluOp.Subtract, Whole);
        t.Scalar(upper.As(DType.UInt32), divisor.As(DType.UInt32), AluOp.BitwiseAnd, UpperBits);
        t.Pair(lower, divisor, AluOp.Subtract, upper);
        Less(t, rest, times, upper);
        Less(t, rest, times, lower);

        // The nearest quotient may be one too many.
        t.Fused(times, rest, AluOp.Less, 0, AluOp.Multiply, divisor);
        t.Pair(rest, rest, AluOp.Add, times);
    }

    private static void Less(ElementTile t, TensorView rest, TensorView times, TensorView part)
    {
        t.Pair(part, part, AluOp.Multiply, times);
        t.Pair(rest, rest, AluOp.Subtract, part);
    }
}
