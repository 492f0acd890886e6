using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>dst[j, i] = src[i, j] for squares of 4 × 4 elements of 4 bytes.</summary>
internal readonly unsafe struct Transpose4 : ITransposeBlock
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TLanes, TVector>(byte* dst, long dstStride, byte* src, long srcStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var apart = 4 * srcStride;
        var r0 = TLanes.Load(src, apart);
        var r1 = TLanes.Load(src + srcStride, apart);
        var r2 = TLanes.Load(src + 2 * srcStride, apart);
        var r3 = TLanes.Load(src + 3 * srcStride, apart);
        var (s0, s1) = TLanes.Two4(r0, r2);
        var (s2, s3) = TLanes.Two4(r1, r3);
        var (t0, t1) = TLanes.Two4(s0, s2);
        var (t2, t3) = TLanes.Two4(s1, s3);
        TLanes.Store(dst, t0);
        TLanes.Store(dst + dstStride, t1);
        TLanes.Store(dst + 2 * dstStride, t2);
        TLanes.Store(dst + 3 * dstStride, t3);
    }
}
