using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>
/// 64 columns of a product whose scaled elements may be beyond fp32: <c>s = fma(a 2^i, b 2^j, s)</c> as
/// <c>s = fp32(double(p) + s)</c> with p = a b 2^(i + j), which is exact in double: 8 significant bits, and an exponent
/// of three digits at most. Double keeps 53 bits of x = p + s before fp32 rounds, and that is as good as rounding once.
/// <para>
/// A second rounding does harm only if the first makes of x some other number m half way between two numbers of fp32, u
/// apart: an odd multiple of u / 2, and 0 &lt; |x - m| &lt; 2^-29 u. Let g be the larger summand, h the smaller. First,
/// |x| at least 2^-126: g is at least |x| / 2 and has 24 bits, so it is a multiple of u / 2, but not m, which takes 25.
/// Then h, next to the multiple m - g of u / 2, is over u / 4; having 24 bits it is a multiple of 2^-25 u, so it is m -
/// g or farther from it than 2^-29 u. Second, |x| less than 2^-126, u = 2^-149: s is a multiple of u. If it is g, the
/// same holds of h = p. If p is g, it is over u / 8 and has 8 bits: p, and with it x, is a multiple of 2^-10 u, so x is m
/// or farther from it than 2^-29 u.
/// </para>
/// </summary>
internal static unsafe class ScaledPanel
{
    /// <summary>Columns 64 * index to 64 * index + 63 of the job, as many as there are.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
