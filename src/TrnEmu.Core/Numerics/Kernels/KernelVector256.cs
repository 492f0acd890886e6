using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>
/// The kernels for processors with 16 registers of 256 bits (AVX2 and FMA): four strips of 16 columns.
/// </summary>
internal readonly unsafe struct KernelVector256 : IMatmulKernel
{
    private const int Panel = 64;
    private const int Strip = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Six(int depth, float* a, int lda, float* b, nint ldb, float* c, nint ldc, bool accumulate)
    {
        for (var n = 0; n < Panel; n += Strip)
            Kernel6x2Vector256.Run(depth, a, lda, b + n, ldb, c + n, ldc, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Four(int depth, float* a, int lda, float* b, nint ldb, float* c, nint ldc, bool accumulate)
    {
        for (var n = 0; n < Panel; n += Strip)
            Kernel4x2Vector256.Run(depth, a, lda, b + n, ldb, c + n, ldc, accumulate);
    }
}
