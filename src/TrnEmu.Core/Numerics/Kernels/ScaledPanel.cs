using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>
/// 64 columns of a product whose scaled elements may be beyond fp32: <c>s = fma(a * 2^i, b * 2^j, s)</c> as
/// <c>s = fp32(double(a * b * 2^(i + j)) + s)</c>. The product of two elements has at most 8 significant bits and an
/// exponent of at most three digits, so it is exact in double. Of the sum, double keeps 53 bits before fp32 rounds, and
/// that is as good as one rounding:
/// <para>
/// A second rounding does harm only where the first one makes a number half way between two neighbours of fp32, u apart
/// (u at least 2^-149), out of an x that is none; so x is within u * 2^-29 of an odd multiple of u / 2. The larger
/// summand has 24 bits or fewer and is at least |x| / 2: a multiple of u / 2 and itself no half-way number, or below
/// 2^-126 a multiple of u if it is s. The smaller one must make up the difference: it is at least u / 4, so with its 24
/// bits a multiple of u * 2^-26, and cannot miss a multiple of u / 2 by less, unless it meets it. Where the product is
/// the larger one below 2^-126, it has 8 bits: at least u / 4, so a multiple of u * 2^-10. Then x is one too.
/// </para>
/// </summary>
internal static unsafe class ScaledPanel
{
    /// <summary>Columns 64 * index to 64 * index + 63 of the job, as many as there are.</summary>
    [SkipLocalsInit]
    public static void Run(PanelJob job, int index)
    {
        const int Width = PanelProduct.Width;
        ref readonly var inputs = ref job.Inputs;
        var b = stackalloc float[inputs.Depth * Width];
        var scales = stackalloc float[inputs.Groups * Width];
        var sums = stackalloc float[Width];
        var first = index * Width;
        var count = Math.Min(Width, inputs.Columns - first);
        InputRows.Pack(inputs, inputs.Moving, first, count, Width, b, Width);
        ScaleRows.Load(inputs.MovingScale, inputs.Groups, first, count, Width, scales, Width);
        for (var m = 0; m < inputs.Rows; m++)
        {
            for (var n = 0; n < count; n++)
                sums[n] = Sum(inputs.Groups, job.Stationary + m, job.StationaryScales + m, b + n, scales + n);
            BlockStore.Rows(job, m, 1, first, count, sums);
        }
    }

    private static float Sum(int groups, float* a, float* aScales, float* b, float* bScales)
    {
        const int Stride = MatmulWorkspace.StationaryStride;
        var s = 0f;
        for (var g = 0; g < groups; g++, aScales += Stride, bScales += PanelProduct.Width)
        {
            var scale = (double)*aScales * *bScales;
            for (var r = 0; r < MatmulInputs.GroupTerms; r++, a += Stride, b += PanelProduct.Width)
                s = (float)((double)*a * *b * scale + s);
        }

        return s;
    }
}
