using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>
/// c[r, n] (+)= s for r &lt; 6, n &lt; 16, where s = 0; for k ascending: s = fma(a[k, r], b[k, n], s). a[k, r] lies at
/// k * lda + r, b[k, n] at k * ldb + n, c[r, n] at r * ldc + n. 12 accumulators, 2 vectors of b and one broadcast: 15 of
/// 16 registers, named one by one so that none is spilled.
/// </summary>
internal static unsafe class Kernel6x2Vector256
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run(int depth, float* a, int lda, float* b, nint ldb, float* c, nint ldc, bool accumulate)
    {
        Vector256<float> c00 = Vector256<float>.Zero, c01 = Vector256<float>.Zero;
        Vector256<float> c10 = Vector256<float>.Zero, c11 = Vector256<float>.Zero;
        Vector256<float> c20 = Vector256<float>.Zero, c21 = Vector256<float>.Zero;
        Vector256<float> c30 = Vector256<float>.Zero, c31 = Vector256<float>.Zero;
        Vector256<float> c40 = Vector256<float>.Zero, c41 = Vector256<float>.Zero;
        Vector256<float> c50 = Vector256<float>.Zero, c51 = Vector256<float>.Zero;
        for (var k = 0; k < depth; k++)
        {
            var b0 = Vector256.Load(b);
            var b1 = Vector256.Load(b + 8);
            var x = Vector256.Create(a[0]);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
            x = Vector256.Create(a[1]);
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
            x = Vector256.Create(a[2]);
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
            x = Vector256.Create(a[3]);
            c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
            x = Vector256.Create(a[4]);
            c40 = Vector256.FusedMultiplyAdd(x, b0, c40);
            c41 = Vector256.FusedMultiplyAdd(x, b1, c41);
            x = Vector256.Create(a[5]);
            c50 = Vector256.FusedMultiplyAdd(x, b0, c50);
            c51 = Vector256.FusedMultiplyAdd(x, b1, c51);
            a += lda;
            b += ldb;
        }

        Sum.Store(c, c00, accumulate);
        Sum.Store(c + 8, c01, accumulate);
        c += ldc;
        Sum.Store(c, c10, accumulate);
        Sum.Store(c + 8, c11, accumulate);
        c += ldc;
        Sum.Store(c, c20, accumulate);
        Sum.Store(c + 8, c21, accumulate);
        c += ldc;
        Sum.Store(c, c30, accumulate);
        Sum.Store(c + 8, c31, accumulate);
        c += ldc;
        Sum.Store(c, c40, accumulate);
        Sum.Store(c + 8, c41, accumulate);
        c += ldc;
        Sum.Store(c, c50, accumulate);
        Sum.Store(c + 8, c51, accumulate);
    }
}
