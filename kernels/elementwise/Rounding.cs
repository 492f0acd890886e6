namespace TrnEmu.Kernels.Elementwise;

/// <summary>
/// To whole numbers, exactly for every fp32. From 2^23 on they are whole; below, |x| + 2^23 has no room for a fraction,
/// so that the addition rounds it off, to nearest even.
/// </summary>
internal static class Rounding
{
    private const double Whole = 1 << 23;

    /// <summary>x rounded to nearest, halves to even, as fp32; NaN and infinities as they are.</summary>
    public static TensorView Nearest(ElementTile t, TensorView x)
    {
        var (rounded, sign, near) = (t.New("rounded"), t.New("sign"), t.New("near", DType.UInt8));
        t.Scalar(near, x, AluOp.Abs, 0, AluOp.Less, Whole);
        t.Activate(sign, ActivationFunction.Sign, x);
        t.Scalar(rounded, x, AluOp.Abs, 0, AluOp.Add, Whole);
        t.Fused(rounded, rounded, AluOp.Subtract, Whole, AluOp.Multiply, sign);
        var whole = t.New("whole");
        t.Copy(whole, x);
        t.Choose(whole, near, rounded);
        return whole;
    }

    /// <summary>The largest whole number up to x.</summary>
    public static TensorView Floor(ElementTile t, TensorView x) => Beside(t, x, AluOp.Greater, AluOp.Subtract);

    /// <summary>The smallest whole number from x on.</summary>
    public static TensorView Ceiling(ElementTile t, TensorView x) => Beside(t, x, AluOp.Less, AluOp.Add);

    /// <summary>x without its fraction.</summary>
    public static TensorView Truncate(ElementTile t, TensorView x)
    {
        var (magnitude, sign) = (t.New("magnitude"), t.New("sign"));
        t.Scalar(magnitude, x, AluOp.Abs);
        t.Activate(sign, ActivationFunction.Sign, x);
        var whole = Floor(t, magnitude);
        t.Pair(whole, whole, AluOp.Multiply, sign);
        return whole;
    }

    /// <summary>The nearest whole number, moved by one where it lies on the wrong side of x.</summary>
    private static TensorView Beside(ElementTile t, TensorView x, AluOp isWrong, AluOp move)
    {
        var whole = Nearest(t, x);
        var wrong = t.New("wrong");
        t.Pair(wrong, whole, isWrong, x);
        t.Pair(whole, whole, move, wrong);
        return whole;
    }
}
