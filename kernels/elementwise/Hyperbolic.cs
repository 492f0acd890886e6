namespace TrnEmu.Kernels.Elementwise;

/// <summary>
/// sinh and cosh from e^(x/2) squared, which overflows where they do. Below 1 the halves of sinh cancel: there it is
/// its series x (1 + z/3! + z^2/5! + …), z = x^2, whose first term left out is below 2^-25 of the sum.
/// </summary>
internal static class Hyperbolic
{
    private const double Small = 1;

    private static readonly double[] Series = [1.0 / 362880, 1.0 / 5040, 1.0 / 120, 1.0 / 6];

    /// <summary>Records result = cosh x.</summary>
    public static void Cosh(ElementTile t) => t.Pair(t.Result, Half(t, 0.5), AluOp.Add, Half(t, -0.5));

    /// <summary>Records result = sinh x.</summary>
    public static void Sinh(ElementTile t)
    {
        var (large, near) = (t.New("large"), t.New("near", DType.UInt8));
        t.Pair(large, Half(t, 0.5), AluOp.Subtract, Half(t, -0.5));
        t.Scalar(near, t.X, AluOp.Abs, 0, AluOp.Less, Small);
        t.Choose(large, near, OfSmall(t));
        t.Copy(t.Result, large);
    }

    private static TensorView OfSmall(ElementTile t)
    {
        var (z, sum) = (t.New("z"), t.New("sum"));
        t.Pair(z, t.X, AluOp.Multiply, t.X);
        t.Scalar(sum, z, AluOp.Multiply, Series[0]);
        foreach (var coefficient in Series.AsSpan(1)) t.Fused(sum, sum, AluOp.Add, coefficient, AluOp.Multiply, z);
        t.Fused(sum, sum, AluOp.Add, 1, AluOp.Multiply, t.X);
        return sum;
    }

    /// <summary>e^(2 half x) / 2</summary>
    private static TensorView Half(ElementTile t, double half)
    {
        var root = t.New("root");
        t.Activate(root, ActivationFunction.Exp, t.X, half);
        var value = t.New("half");
        t.Fused(value, root, AluOp.Multiply, 0.5, AluOp.Multiply, root);
        return value;
    }
}
