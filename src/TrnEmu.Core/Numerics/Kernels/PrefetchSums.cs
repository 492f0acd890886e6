using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>
/// Asks for the sums that a block will add to, which the first-level cache seldom has, while their terms are summed.
/// </summary>
internal static unsafe class PrefetchSums
{
    /// <summary>64 fp32 of each row, ldc floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rows(int rows, float* c, nint ldc)
    {
        if (!Sse.IsSupported) return;
        for (var r = 0; r < rows; r++, c += ldc)
        {
            Sse.Prefetch0(c);
            Sse.Prefetch0(c + 16);
            Sse.Prefetch0(c + 32);
            Sse.Prefetch0(c + 48);
        }
    }
}
