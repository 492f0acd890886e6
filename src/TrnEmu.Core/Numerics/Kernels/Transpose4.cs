using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>dst[j, i] = src[i, j] for 4 × 4 4-byte elements in 128-bit vectors.</summary>
internal readonly unsafe struct Transpose4 : ITransposeBlock
{
    public static bool IsSupported => Interleave.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(byte* dst, long dstStride, byte* src, long srcStride)
    {
        var r0 = Vector128.Load((uint*)src);
        var r1 = Vector128.Load((uint*)(src + srcStride));
        var r2 = Vector128.Load((uint*)(src + 2 * srcStride));
        var r3 = Vector128.Load((uint*)(src + 3 * srcStride));
        var (s0, s1) = Interleave.Two(r0, r2);
        var (s2, s3) = Interleave.Two(r1, r3);
        var (t0, t1) = Interleave.Two(s0, s2);
        var (t2, t3) = Interleave.Two(s1, s3);
        t0.Store((uint*)dst);
        t1.Store((uint*)(dst + dstStride));
        t2.Store((uint*)(dst + 2 * dstStride));
        t3.Store((uint*)(dst + 3 * dstStride));
    }
}
