using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>dst[j, i] = src[i, j] for 16 × 16 bytes in 128-bit vectors.</summary>
internal readonly unsafe struct Transpose1 : ITransposeBlock
{
    public static bool IsSupported => Interleave.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(byte* dst, long dstStride, byte* src, long srcStride)
    {
        var r0 = Vector128.Load((byte*)src);
        var r1 = Vector128.Load((byte*)(src + srcStride));
        var r2 = Vector128.Load((byte*)(src + 2 * srcStride));
        var r3 = Vector128.Load((byte*)(src + 3 * srcStride));
        var r4 = Vector128.Load((byte*)(src + 4 * srcStride));
        var r5 = Vector128.Load((byte*)(src + 5 * srcStride));
        var r6 = Vector128.Load((byte*)(src + 6 * srcStride));
        var r7 = Vector128.Load((byte*)(src + 7 * srcStride));
        var r8 = Vector128.Load((byte*)(src + 8 * srcStride));
        var r9 = Vector128.Load((byte*)(src + 9 * srcStride));
        var r10 = Vector128.Load((byte*)(src + 10 * srcStride));
        var r11 = Vector128.Load((byte*)(src + 11 * srcStride));
        var r12 = Vector128.Load((byte*)(src + 12 * srcStride));
        var r13 = Vector128.Load((byte*)(src + 13 * srcStride));
        var r14 = Vector128.Load((byte*)(src + 14 * srcStride));
        var r15 = Vector128.Load((byte*)(src + 15 * srcStride));
        var (s0, s1) = Interleave.Two(r0, r8);
        var (s2, s3) = Interleave.Two(r1, r9);
        var (s4, s5) = Interleave.Two(r2, r10);
        var (s6, s7) = Interleave.Two(r3, r11);
        var (s8, s9) = Interleave.Two(r4, r12);
        var (s10, s11) = Interleave.Two(r5, r13);
        var (s12, s13) = Interleave.Two(r6, r14);
        var (s14, s15) = Interleave.Two(r7, r15);
        var (t0, t1) = Interleave.Two(s0, s8);
        var (t2, t3) = Interleave.Two(s1, s9);
        var (t4, t5) = Interleave.Two(s2, s10);
        var (t6, t7) = Interleave.Two(s3, s11);
        var (t8, t9) = Interleave.Two(s4, s12);
        var (t10, t11) = Interleave.Two(s5, s13);
        var (t12, t13) = Interleave.Two(s6, s14);
        var (t14, t15) = Interleave.Two(s7, s15);
        var (u0, u1) = Interleave.Two(t0, t8);
        var (u2, u3) = Interleave.Two(t1, t9);
        var (u4, u5) = Interleave.Two(t2, t10);
        var (u6, u7) = Interleave.Two(t3, t11);
        var (u8, u9) = Interleave.Two(t4, t12);
        var (u10, u11) = Interleave.Two(t5, t13);
        var (u12, u13) = Interleave.Two(t6, t14);
        var (u14, u15) = Interleave.Two(t7, t15);
        var (v0, v1) = Interleave.Two(u0, u8);
        var (v2, v3) = Interleave.Two(u1, u9);
        var (v4, v5) = Interleave.Two(u2, u10);
        var (v6, v7) = Interleave.Two(u3, u11);
        var (v8, v9) = Interleave.Two(u4, u12);
        var (v10, v11) = Interleave.Two(u5, u13);
        var (v12, v13) = Interleave.Two(u6, u14);
        var (v14, v15) = Interleave.Two(u7, u15);
        v0.Store((byte*)dst);
        v1.Store((byte*)(dst + dstStride));
        v2.Store((byte*)(dst + 2 * dstStride));
        v3.Store((byte*)(dst + 3 * dstStride));
        v4.Store((byte*)(dst + 4 * dstStride));
        v5.Store((byte*)(dst + 5 * dstStride));
        v6.Store((byte*)(dst + 6 * dstStride));
        v7.Store((byte*)(dst + 7 * dstStride));
        v8.Store((byte*)(dst + 8 * dstStride));
        v9.Store((byte*)(dst + 9 * dstStride));
        v10.Store((byte*)(dst + 10 * dstStride));
        v11.Store((byte*)(dst + 11 * dstStride));
        v12.Store((byte*)(dst + 12 * dstStride));
        v13.Store((byte*)(dst + 13 * dstStride));
        v14.Store((byte*)(dst + 14 * dstStride));
        v15.Store((byte*)(dst + 15 * dstStride));
    }
}
