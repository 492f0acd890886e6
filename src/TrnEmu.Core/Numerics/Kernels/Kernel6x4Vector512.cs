using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>
/// c[r, n] (+)= s for r &lt; 6, n &lt; 64, where s = 0; for k ascending: s = fma(a[k, r], b[k, n], s). a[k, r] lies at
/// k * lda + r, b[k, n] at k * ldb + n, c[r, n] at r * ldc + n. 24 accumulators, 4 vectors of b and one broadcast: 29 of
/// 32 registers, named one by one so that none is spilled.
/// </summary>
internal static unsafe class Kernel6x4Vector512
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run(int depth, float* a, int lda, float* b, nint ldb, float* c, nint ldc, bool accumulate)
    {
        Vector512<float> c00 = Vector512<float>.Zero, c01 = Vector512<float>.Zero;
        Vector512<float> c02 = Vector512<float>.Zero, c03 = Vector512<float>.Zero;
        Vector512<float> c10 = Vector512<float>.Zero, c11 = Vector512<float>.Zero;
        Vector512<float> c12 = Vector512<float>.Zero, c13 = Vector512<float>.Zero;
        Vector512<float> c20 = Vector512<float>.Zero, c21 = Vector512<float>.Zero;
        Vector512<float> c22 = Vector512<float>.Zero, c23 = Vector512<float>.Zero;
        Vector512<float> c30 = Vector512<float>.Zero, c31 = Vector512<float>.Zero;
        Vector512<float> c32 = Vector512<float>.Zero, c33 = Vector512<float>.Zero;
        Vector512<float> c40 = Vector512<float>.Zero, c41 = Vector512<float>.Zero;
        Vector512<float> c42 = Vector512<float>.Zero, c43 = Vector512<float>.Zero;
        Vector512<float> c50 = Vector512<float>.Zero, c51 = Vector512<float>.Zero;
        Vector512<float> c52 = Vector512<float>.Zero, c53 = Vector512<float>.Zero;
        for (var k = 0; k < depth; k++)
        {
            var b0 = Vector512.Load(b);
            var b1 = Vector512.Load(b + 16);
            var b2 = Vector512.Load(b + 32);
            var b3 = Vector512.Load(b + 48);
            var x = Vector512.Create(a[0]);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            c02 = Vector512.FusedMultiplyAdd(x, b2, c02);
            c03 = Vector512.FusedMultiplyAdd(x, b3, c03);
            x = Vector512.Create(a[1]);
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            c12 = Vector512.FusedMultiplyAdd(x, b2, c12);
            c13 = Vector512.FusedMultiplyAdd(x, b3, c13);
            x = Vector512.Create(a[2]);
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            c22 = Vector512.FusedMultiplyAdd(x, b2, c22);
            c23 = Vector512.FusedMultiplyAdd(x, b3, c23);
            x = Vector512.Create(a[3]);
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            c32 = Vector512.FusedMultiplyAdd(x, b2, c32);
            c33 = Vector512.FusedMultiplyAdd(x, b3, c33);
            x = Vector512.Create(a[4]);
            c40 = Vector512.FusedMultiplyAdd(x, b0, c40);
            c41 = Vector512.FusedMultiplyAdd(x, b1, c41);
            c42 = Vector512.FusedMultiplyAdd(x, b2, c42);
            c43 = Vector512.FusedMultiplyAdd(x, b3, c43);
            x = Vector512.Create(a[5]);
            c50 = Vector512.FusedMultiplyAdd(x, b0, c50);
            c51 = Vector512.FusedMultiplyAdd(x, b1, c51);
            c52 = Vector512.FusedMultiplyAdd(x, b2, c52);
            c53 = Vector512.FusedMultiplyAdd(x, b3, c53);
            a += lda;
            b += ldb;
        }

        Sum.Store(c, c00, accumulate);
        Sum.Store(c + 16, c01, accumulate);
        Sum.Store(c + 32, c02, accumulate);
        Sum.Store(c + 48, c03, accumulate);
        c += ldc;
        Sum.Store(c, c10, accumulate);
        Sum.Store(c + 16, c11, accumulate);
        Sum.Store(c + 32, c12, accumulate);
        Sum.Store(c + 48, c13, accumulate);
        c += ldc;
        Sum.Store(c, c20, accumulate);
        Sum.Store(c + 16, c21, accumulate);
        Sum.Store(c + 32, c22, accumulate);
        Sum.Store(c + 48, c23, accumulate);
        c += ldc;
        Sum.Store(c, c30, accumulate);
        Sum.Store(c + 16, c31, accumulate);
        Sum.Store(c + 32, c32, accumulate);
        Sum.Store(c + 48, c33, accumulate);
        c += ldc;
        Sum.Store(c, c40, accumulate);
        Sum.Store(c + 16, c41, accumulate);
        Sum.Store(c + 32, c42, accumulate);
        Sum.Store(c + 48, c43, accumulate);
        c += ldc;
        Sum.Store(c, c50, accumulate);
        Sum.Store(c + 16, c51, accumulate);
        Sum.Store(c + 32, c52, accumulate);
        Sum.Store(c + 48, c53, accumulate);
    }
}
