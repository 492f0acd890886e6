using TrnEmu.Core.Numerics.Kernels;

namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>Sums of bf16 pairs one by one, by an arithmetic of choice: what <see cref="KernelDot"/> is tested against.</summary>
internal readonly unsafe struct KernelPairScalar<TArithmetic> : IMatmulKernel
    where TArithmetic : struct, IPairArithmetic
{
    private const int Panel = 64;

    public static void Six(int depth, float* a, int lda, float* b, nint ldb, float* c, nint ldc, bool accumulate) =>
        Rows(6, depth, (uint*)a, lda, (uint*)b, ldb, c, ldc, accumulate);

    public static void Four(int depth, float* a, int lda, float* b, nint ldb, float* c, nint ldc, bool accumulate) =>
        Rows(4, depth, (uint*)a, lda, (uint*)b, ldb, c, ldc, accumulate);

    private static void Rows(
        int rows, int depth, uint* a, int lda, uint* b, nint ldb, float* c, nint ldc, bool accumulate)
    {
        for (var i = 0; i < rows * Panel; i++)
        {
            var (r, n, s) = (i / Panel, i % Panel, 0f);
            for (var p = 0; p < depth; p++)
            {
                var (x, y) = (a[p * lda + r], b[p * ldb + n]);
                s = TArithmetic.Add(s, Upper(x), Upper(y), Upper(x << 16), Upper(y << 16));
            }

            var to = c + r * ldc + n;
            *to = TArithmetic.End(*to, s, accumulate);
        }
    }

    private static float Upper(uint bits) => BitConverter.UInt32BitsToSingle(bits & 0xffff0000);
}
