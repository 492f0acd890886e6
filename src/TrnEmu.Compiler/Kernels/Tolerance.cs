using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Kernels;

/// <summary>
/// How far a kernel may be from its fp64 reference: every element within <c>Of(dtype)</c> times the largest magnitude
/// of the output. Relative to the output and not to the element, since sums may cancel.
/// </summary>
public static class Tolerance
{
    /// <summary>The largest error that arithmetic in this dtype explains, relative to the largest magnitude.</summary>
    /// <param name="dtype">Type of inputs and outputs.</param>
    /// <param name="roundings">How often a value is rounded to it on its way to an output.</param>
    public static double Of(DType dtype, int roundings = 1) => dtype switch
    {
        // Sums of up to 4096 products in fp32, each rounded to 2^-24, in one fixed order: at most 4096 * 2^-24 = 2^-12 and,
        // rounding errors being independent, some sqrt(4096) * 2^-24 = 2^-18; activations are within a few fp32 ulps.
        DType.Fp32 => 1.0 / (1 << 16),

        // 8 significant bits: numbers from 1 to 2 are 2^-7 apart, so each rounding is within 2^-8 of the value.
        DType.Bf16 => (double)roundings / (1 << 8),

        // The same with 11 significant bits, with 4 and with 3.
        DType.Fp16 or DType.Tf32 => (double)roundings / (1 << 11),
        DType.Fp8E4M3 or DType.Fp8E4M3Fn => (double)roundings / (1 << 4),
        DType.Fp8E5M2 => (double)roundings / (1 << 3),

        // Integers are moved, compared or added without rounding.
        _ => 0,
    };

    /// <summary>
    /// Largest error of the values relative to the largest magnitude of the reference; NaN counts as infinite.
    /// </summary>
    public static double Error(ReadOnlySpan<double> values, ReadOnlySpan<double> reference)
    {
        double scale = 0, error = 0;
        foreach (var r in reference) scale = Math.Max(scale, Math.Abs(r));
        for (var i = 0; i < reference.Length; i++)
        {
            var difference = Math.Abs(values[i] - reference[i]);
            error = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(error, difference);
        }

        return scale > 0 ? error / scale : error;
    }
}
