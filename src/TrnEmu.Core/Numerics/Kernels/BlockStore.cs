namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>
/// Writes sums to a destination that a micro-kernel cannot write itself: edges, narrow dtypes, levels with gaps, masks.
/// </summary>
internal static unsafe class BlockStore
{
    /// <summary>
    /// For r &lt; rows, i &lt; count, element e = (row + r, first + i) of psum: e = round(s[r, i]), or round(e + s[r, i])
    /// where the job accumulates or bit first + i of its mask row is set. s has rows of 64 and is used up.
    /// </summary>
    public static void Rows(PanelJob job, int row, int rows, int first, int count, float* s)
    {
        var old = stackalloc float[PanelProduct.Width];
        for (var end = row + rows; row < end; row++, s += PanelProduct.Width)
        {
            if (job.Accumulate || job.Mask != null)
            {
                Numerics.Rows.Load(job.Psum, row, first, old, count);
                Add(old, s, count, job.Accumulate ? ulong.MaxValue : job.MaskRow(row)[first / PanelProduct.Width]);
            }

            Numerics.Rows.Store(job.Psum, row, first, s, count);
        }
    }

    private static void Add(float* old, float* s, int count, ulong bits)
    {
        for (var i = 0; i < count; i++) s[i] = ((bits >> i) & 1) != 0 ? old[i] + s[i] : s[i];
    }
}
