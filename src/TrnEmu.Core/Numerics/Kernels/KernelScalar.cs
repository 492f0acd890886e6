using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>The same sums one by one, for any processor.</summary>
internal readonly unsafe struct KernelScalar : IMatmulKernel
{
    private const int Panel = 64;

    public static void Six(int depth, float* a, int lda, float* b, nint ldb, float* c, nint ldc, bool accumulate) =>
        Rows(6, depth, a, lda, b, ldb, c, ldc, accumulate);

    public static void Four(int depth, float* a, int lda, float* b, nint ldb, float* c, nint ldc, bool accumulate) =>
        Rows(4, depth, a, lda, b, ldb, c, ldc, accumulate);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows(
        int rows, int depth, float* a, int lda, float* b, nint ldb, float* c, nint ldc, bool accumulate)
    {
        for (var r = 0; r < rows; r++)
        {
            for (var n = 0; n < Panel; n++)
            {
                var s = 0f;
                for (var k = 0; k < depth; k++)
                    s = MathF.FusedMultiplyAdd(a[k * lda + r], b[k * ldb + n], s);
                Sum.Store(c + r * ldc + n, s, accumulate);
            }
        }
    }
}
