using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>dst[j, i] = src[i, j] for squares of 8 × 8 elements of 2 bytes.</summary>
internal readonly unsafe struct Transpose2 : ITransposeBlock
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TLanes, TVector>(byte* dst, long dstStride, byte* src, long srcStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var apart = 8 * srcStride;
        var r0 = TLanes.Load(src, apart);
        var r1 = TLanes.Load(src + srcStride, apart);
        var r2 = TLanes.Load(src + 2 * srcStride, apart);
        var r3 = TLanes.Load(src + 3 * srcStride, apart);
        var r4 = TLanes.Load(src + 4 * srcStride, apart);
        var r5 = TLanes.Load(src + 5 * srcStride, apart);
        var r6 = TLanes.Load(src + 6 * srcStride, apart);
        var r7 = TLanes.Load(src + 7 * srcStride, apart);
        var (s0, s1) = TLanes.Two2(r0, r4);
        var (s2, s3) = TLanes.Two2(r1, r5);
        var (s4, s5) = TLanes.Two2(r2, r6);
        var (s6, s7) = TLanes.Two2(r3, r7);
        var (t0, t1) = TLanes.Two2(s0, s4);
        var (t2, t3) = TLanes.Two2(s1, s5);
        var (t4, t5) = TLanes.Two2(s2, s6);
        var (t6, t7) = TLanes.Two2(s3, s7);
        var (u0, u1) = TLanes.Two2(t0, t4);
        var (u2, u3) = TLanes.Two2(t1, t5);
        var (u4, u5) = TLanes.Two2(t2, t6);
        var (u6, u7) = TLanes.Two2(t3, t7);
        TLanes.Store(dst, u0);
        TLanes.Store(dst + dstStride, u1);
        TLanes.Store(dst + 2 * dstStride, u2);
        TLanes.Store(dst + 3 * dstStride, u3);
        TLanes.Store(dst + 4 * dstStride, u4);
        TLanes.Store(dst + 5 * dstStride, u5);
        TLanes.Store(dst + 6 * dstStride, u6);
        TLanes.Store(dst + 7 * dstStride, u7);
    }
}
