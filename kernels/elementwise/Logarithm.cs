namespace TrnEmu.Kernels.Elementwise;

/// <summary>
/// ln x for every fp32. The Scalar engine has it from 2^-64 to 2^64: numbers below 2^-40 and above 2^60 are multiplied
/// by a power of two into that range, whose logarithm is added afterwards. 0 gives -Inf, numbers below NaN.
/// </summary>
internal static class Logarithm
{
    private const int Up = 88;
    private const int Down = -66;
    private static readonly double Tiny = Math.ScaleB(1, -40);
    private static readonly double Huge = Math.ScaleB(1, 60);
    private static readonly double Limit = Math.ScaleB(1, 64);

    /// <summary>Records result = ln x.</summary>
    public static void Log(ElementTile t)
    {
        var (x, y) = (t.New("x"), t.New("y"));
        t.Copy(x, t.X);
        var tiny = Scaled(t, x, AluOp.Less, Tiny, Up);
        var huge = Scaled(t, x, AluOp.Greater, Huge, Down);
        t.Scalar(x, x, AluOp.Maximum, 1 / Limit, AluOp.Minimum, Limit);
        t.Activate(y, ActivationFunction.Log, x);
        t.Fused(y, tiny, AluOp.Multiply, -Up * Math.Log(2), AluOp.Add, y);
        t.Fused(y, huge, AluOp.Multiply, -Down * Math.Log(2), AluOp.Add, y);
        Where(t, y, AluOp.Equal, 0, double.NegativeInfinity);
        Where(t, y, AluOp.Less, 0, double.NaN);
        Where(t, y, AluOp.Greater, float.MaxValue, double.PositiveInfinity);
        t.Copy(t.Result, y);
    }

    /// <summary>Multiplies x by 2^exponent where the operand is beyond the limit; gives where that is.</summary>
    private static TensorView Scaled(ElementTile t, TensorView x, AluOp comparison, double limit, int exponent)
    {
        var (beyond, scaled) = (t.New("beyond", DType.UInt8), t.New("scaled"));
        t.Scalar(beyond, t.X, comparison, limit);
        t.Scalar(scaled, t.X, AluOp.Multiply, Math.ScaleB(1, exponent));
        t.Choose(x, beyond, scaled);
        return beyond;
    }

    private static void Where(ElementTile t, TensorView y, AluOp comparison, double limit, double value)
    {
        var holds = t.New("holds", DType.UInt8);
        t.Scalar(holds, t.X, comparison, limit);
        t.Choose(y, holds, value);
    }
}
