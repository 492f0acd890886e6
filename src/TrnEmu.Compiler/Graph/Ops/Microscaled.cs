using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// What quantize_mx makes of rows: each 32 features that follow one another become e4m3fn times a power of two, which
/// is 2^(floor(log2 amax) - 7) by the rule of the chip, half of that and saturating by the rule of OCP.
/// </summary>
internal static class Microscaled
{
    private const int Block = 32;
    private const int EMax = 8;
    private const double Largest = 448;
    private const int SmallestExponent = -127;
    private const int SmallestNormal = -6;
    private const int FractionBits = 3;

    /// <summary>The values of rows x[T, I] after the quantisation. Where one of 32 is not finite, all are
    /// NaN.</summary>
    /// <param name="x">Rows, row-major.</param>
    /// <param name="inner">I.</param>
    /// <param name="dtype">fp32, which is read as bf16, or a float of 16 bits.</param>
    /// <param name="rule">Of scales.</param>
    public static double[] Rows(double[] x, int inner, DType dtype, MxScaleRule rule)
    {
        var y = new double[x.Length];
        for (var i = 0; i < x.Length; i++) y[i] = dtype == DType.Fp32 ? Conversions.Round(DType.Bf16, (float)x[i]) : x[i];
        for (var row = 0; row < y.Length; row += inner)
        {
            for (var first = 0; first < inner; first += Block)
                Quantise(y.AsSpan(row + first, Math.Min(Block, inner - first)), rule);
        }

        return y;
    }

    private static void Quantise(Span<double> block, MxScaleRule rule)
    {
        var amax = 0.0;
        foreach (var v in block) amax = Math.Max(amax, Math.Abs(v));
        if (amax == 0) return;
        if (!double.IsFinite(amax))
        {
            block.Fill(double.NaN);
            return;
        }

        var exponent = Math.Max(Math.ILogB(amax) - (rule == MxScaleRule.Ocp ? EMax : EMax - 1), SmallestExponent);
        foreach (ref var v in block) v = Math.ScaleB(Rounded(Math.ScaleB(v, -exponent)), exponent);
    }

    private static double Rounded(double v)
    {
        if (v == 0) return 0;
        var unit = Math.Max(Math.ILogB(v), SmallestNormal) - FractionBits;
        return Math.Clamp(Math.ScaleB(Math.Round(Math.ScaleB(v, -unit)), unit), -Largest, Largest);
    }
}
