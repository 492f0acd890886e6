using TrnEmu.Core.Numerics.Kernels;

namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>
/// The emitted kernels: what lies at a and b are pairs of bf16, 32 bits each, the earlier term in the upper half, and
/// depth counts pairs; rows of b follow one another without gaps (ldb is 64). As long as no denormal arises
/// (<see cref="ExactRange"/>), the same sums as of any other kernel.
/// </summary>
internal readonly unsafe struct KernelDot : IMatmulKernel
{
    public static void Six(int depth, float* a, int lda, float* b, nint ldb, float* c, nint ldc, bool accumulate) =>
        DotKernels.Six(accumulate)(depth, a, lda * sizeof(float), b, c, ldc * sizeof(float));

    public static void Four(int depth, float* a, int lda, float* b, nint ldb, float* c, nint ldc, bool accumulate) =>
        DotKernels.Four(accumulate)(depth, a, lda * sizeof(float), b, c, ldc * sizeof(float));
}
