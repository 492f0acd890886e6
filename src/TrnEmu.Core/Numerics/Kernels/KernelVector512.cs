namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>The kernels for processors with 32 registers of 512 bits (AVX-512).</summary>
internal readonly unsafe struct KernelVector512 : IMatmulKernel
{
    public static void Six(int depth, float* a, int lda, float* b, nint ldb, float* c, nint ldc, bool accumulate) =>
        Kernel6x4Vector512.Run(depth, a, lda, b, ldb, c, ldc, accumulate);

    public static void Four(int depth, float* a, int lda, float* b, nint ldb, float* c, nint ldc, bool accumulate) =>
        Kernel4x4Vector512.Run(depth, a, lda, b, ldb, c, ldc, accumulate);
}
