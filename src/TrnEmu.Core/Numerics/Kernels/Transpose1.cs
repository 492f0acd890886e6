using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>dst[j, i] = src[i, j] for squares of 16 × 16 elements of 1 byte.</summary>
internal readonly unsafe struct Transpose1 : ITransposeBlock
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes, TVector>(byte* dst, long dstStride, byte* src, long srcStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var apart = 16 * srcStride;
        var r0 = TLanes.Load(src, apart);
        var r1 = TLanes.Load(src + srcStride, apart);
        var r2 = TLanes.Load(src + 2 * srcStride, apart);
        var r3 = TLanes.Load(src + 3 * srcStride, apart);
        var r4 = TLanes.Load(src + 4 * srcStride, apart);
        var r5 = TLanes.Load(src + 5 * srcStride, apart);
        var r6 = TLanes.Load(src + 6 * srcStride, apart);
        var r7 = TLanes.Load(src + 7 * srcStride, apart);
        var r8 = TLanes.Load(src + 8 * srcStride, apart);
        var r9 = TLanes.Load(src + 9 * srcStride, apart);
        var r10 = TLanes.Load(src + 10 * srcStride, apart);
        var r11 = TLanes.Load(src + 11 * srcStride, apart);
        var r12 = TLanes.Load(src + 12 * srcStride, apart);
        var r13 = TLanes.Load(src + 13 * srcStride, apart);
        var r14 = TLanes.Load(src + 14 * srcStride, apart);
        var r15 = TLanes.Load(src + 15 * srcStride, apart);
        var (s0, s1) = TLanes.Two1(r0, r8);
        var (s2, s3) = TLanes.Two1(r1, r9);
        var (s4, s5) = TLanes.Two1(r2, r10);
        var (s6, s7) = TLanes.Two1(r3, r11);
        var (s8, s9) = TLanes.Two1(r4, r12);
        var (s10, s11) = TLanes.Two1(r5, r13);
        var (s12, s13) = TLanes.Two1(r6, r14);
        var (s14, s15) = TLanes.Two1(r7, r15);
        var (t0, t1) = TLanes.Two1(s0, s8);
        var (t2, t3) = TLanes.Two1(s1, s9);
        var (t4, t5) = TLanes.Two1(s2, s10);
        var (t6, t7) = TLanes.Two1(s3, s11);
        var (t8, t9) = TLanes.Two1(s4, s12);
        var (t10, t11) = TLanes.Two1(s5, s13);
        var (t12, t13) = TLanes.Two1(s6, s14);
        var (t14, t15) = TLanes.Two1(s7, s15);
        var (u0, u1) = TLanes.Two1(t0, t8);
        var (u2, u3) = TLanes.Two1(t1, t9);
        var (u4, u5) = TLanes.Two1(t2, t10);
        var (u6, u7) = TLanes.Two1(t3, t11);
        var (u8, u9) = TLanes.Two1(t4, t12);
        var (u10, u11) = TLanes.Two1(t5, t13);
        var (u12, u13) = TLanes.Two1(t6, t14);
        var (u14, u15) = TLanes.Two1(t7, t15);
        var (v0, v1) = TLanes.Two1(u0, u8);
        var (v2, v3) = TLanes.Two1(u1, u9);
        var (v4, v5) = TLanes.Two1(u2, u10);
        var (v6, v7) = TLanes.Two1(u3, u11);
        var (v8, v9) = TLanes.Two1(u4, u12);
        var (v10, v11) = TLanes.Two1(u5, u13);
        var (v12, v13) = TLanes.Two1(u6, u14);
        var (v14, v15) = TLanes.Two1(u7, u15);
        TLanes.Store(dst, v0);
        TLanes.Store(dst + dstStride, v1);
        TLanes.Store(dst + 2 * dstStride, v2);
        TLanes.Store(dst + 3 * dstStride, v3);
        TLanes.Store(dst + 4 * dstStride, v4);
        TLanes.Store(dst + 5 * dstStride, v5);
        TLanes.Store(dst + 6 * dstStride, v6);
        TLanes.Store(dst + 7 * dstStride, v7);
        TLanes.Store(dst + 8 * dstStride, v8);
        TLanes.Store(dst + 9 * dstStride, v9);
        TLanes.Store(dst + 10 * dstStride, v10);
        TLanes.Store(dst + 11 * dstStride, v11);
        TLanes.Store(dst + 12 * dstStride, v12);
        TLanes.Store(dst + 13 * dstStride, v13);
        TLanes.Store(dst + 14 * dstStride, v14);
        TLanes.Store(dst + 15 * dstStride, v15);
    }
}
