using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>dst[j, i] = src[i, j] for 8 × 8 2-byte elements in 128-bit vectors.</summary>
internal readonly unsafe struct Transpose2 : ITransposeBlock
{
    public static bool IsSupported => Interleave.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(byte* dst, long dstStride, byte* src, long srcStride)
    {
        var r0 = Vector128.Load((ushort*)src);
        var r1 = Vector128.Load((ushort*)(src + srcStride));
        var r2 = Vector128.Load((ushort*)(src + 2 * srcStride));
        var r3 = Vector128.Load((ushort*)(src + 3 * srcStride));
        var r4 = Vector128.Load((ushort*)(src + 4 * srcStride));
        var r5 = Vector128.Load((ushort*)(src + 5 * srcStride));
        var r6 = Vector128.Load((ushort*)(src + 6 * srcStride));
        var r7 = Vector128.Load((ushort*)(src + 7 * srcStride));
        var (s0, s1) = Interleave.Two(r0, r4);
        var (s2, s3) = Interleave.Two(r1, r5);
        var (s4, s5) = Interleave.Two(r2, r6);
        var (s6, s7) = Interleave.Two(r3, r7);
        var (t0, t1) = Interleave.Two(s0, s4);
        var (t2, t3) = Interleave.Two(s1, s5);
        var (t4, t5) = Interleave.Two(s2, s6);
        var (t6, t7) = Interleave.Two(s3, s7);
        var (u0, u1) = Interleave.Two(t0, t4);
        var (u2, u3) = Interleave.Two(t1, t5);
        var (u4, u5) = Interleave.Two(t2, t6);
        var (u6, u7) = Interleave.Two(t3, t7);
        u0.Store((ushort*)dst);
        u1.Store((ushort*)(dst + dstStride));
        u2.Store((ushort*)(dst + 2 * dstStride));
        u3.Store((ushort*)(dst + 3 * dstStride));
        u4.Store((ushort*)(dst + 4 * dstStride));
        u5.Store((ushort*)(dst + 5 * dstStride));
        u6.Store((ushort*)(dst + 6 * dstStride));
        u7.Store((ushort*)(dst + 7 * dstStride));
    }
}
