namespace TrnEmu.Kernels.Elementwise;

/// <summary>
/// sin and cos. The Scalar engine has the sine on [-pi, pi]: n turns are taken off first, n = round(x / 2 pi). 2 pi is
/// the sum of three numbers; the first two have 8 bits, so that n times them is exact for up to 2^16 turns: up to
/// |x| = 400000 the result is within 2^-20. Beyond, the digits of x that count are lost, as they are on the chip.
/// </summary>
internal static class Angles
{
    private const double Turn = 2 * Math.PI;
    private const double High = 201.0 / 32;
    private const double Middle = 254.0 / 131072;
    private const double Low = Turn - High - Middle;

    /// <summary>A sum with it has no room for a fraction, for magnitudes below 2^22 of either sign.</summary>
    private const double Whole = 3 << 22;

    /// <summary>Records result = sin x.</summary>
    public static void Sin(ElementTile t) => Finish(t, Rest(t, t.X));

    /// <summary>Records result = cos x = sin(x + pi / 2).</summary>
    public static void Cos(ElementTile t)
    {
        var rest = Rest(t, t.X);
        t.Scalar(rest, rest, AluOp.Add, Math.PI / 2);
        Finish(t, rest);
    }

    /// <summary>x less the turns nearest to it.</summary>
    private static TensorView Rest(ElementTile t, TensorView x)
    {
        var (turns, rest) = (t.New("turns"), t.New("rest"));
        t.Scalar(turns, x, AluOp.Multiply, 1 / Turn, AluOp.Add, Whole);
        t.Scalar(turns, turns, AluOp.Subtract, Whole);
        t.Fused(rest, turns, AluOp.Multiply, -High, AluOp.Add, x);
        t.Fused(rest, turns, AluOp.Multiply, -Middle, AluOp.Add, rest);
        t.Fused(rest, turns, AluOp.Multiply, -Low, AluOp.Add, rest);
        return rest;
    }

    /// <summary>
    /// Of many turns the nearest number may be off by one near the middle, and a quarter was added: the rest is taken
    /// once more. A last digit beyond pi would be outside of the engine's range.
    /// </summary>
    private static void Finish(ElementTile t, TensorView angle)
    {
        var rest = Rest(t, angle);
        t.Scalar(rest, rest, AluOp.Minimum, MathF.PI, AluOp.Maximum, -MathF.PI);
        t.Activate(t.Result, ActivationFunction.Sin, rest);
    }
}
