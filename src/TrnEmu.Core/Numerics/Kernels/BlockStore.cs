using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>
/// Writes sums to a destination that a micro-kernel cannot write itself: edges, narrow dtypes, levels with gaps, masks.
/// </summary>
internal static unsafe class BlockStore
{
    private static Vector512<uint> LaneBits => Vector512.Create(
        1u, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7,
        1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15);

    /// <summary>
    /// For r &lt; rows, i &lt; count, element e = (row + r, first + i) of psum: e = round(s[r, i]), or round(e + s[r,
    /// i]) where the job accumulates or bit first + i of its mask row is set. s has rows of 64 and is used up.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(PanelJob job, int row, int rows, int first, int count, float* s)
    {
        var old = stackalloc float[PanelProduct.Width];
        for (var end = row + rows; row < end; row++, s += PanelProduct.Width)
        {
            if (job.Accumulate || job.Mask != null)
            {
                Numerics.Rows.Load(job.Psum, row, first, old, count);
                Add(old, s, job.Accumulate ? ulong.MaxValue : job.MaskRow(row)[first / PanelProduct.Width]);
            }

            Numerics.Rows.Store(job.Psum, row, first, s, count);
        }
    }

    /// <summary>
    /// s[i] = old[i] + s[i] where bit i is set, all 64 at once: what lies beyond a row is not stored.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(float* old, float* s, ulong bits)
    {
        for (var i = 0; i < PanelProduct.Width; i += 16, bits >>= 16)
        {
            var sums = Vector512.Load(s + i);
            var set = Vector512.Equals(Vector512.Create((uint)bits) & LaneBits, LaneBits).AsSingle();
            Vector512.ConditionalSelect(set, Vector512.Load(old + i) + sums, sums).Store(s + i);
        }
    }
}
