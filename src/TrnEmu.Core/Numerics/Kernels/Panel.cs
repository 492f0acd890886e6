namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>
/// 64 columns of a product, or as many as there are, ready for a micro-kernel: [depth][64] of 32 bits, room for a block
/// of sums [6][64], and the place of the columns in psum, if plain.
/// </summary>
internal readonly unsafe struct Panel
{
    /// <summary>Columns first to first + count - 1 of a job.</summary>
    public Panel(PanelJob job, int first, int count, int depth, float* columns, nint stride, float* sums)
    {
        (First, Count, Depth) = (first, count, depth);
        Columns = columns;
        Stride = stride;
        Sums = sums;
        Target = TargetOf(job, first);
    }

    /// <summary>The first column.</summary>
    public readonly int First;

    /// <summary>Columns that there are.</summary>
    public readonly int Count;

    /// <summary>Rows of the columns.</summary>
    public readonly int Depth;

    /// <summary>The columns.</summary>
    public readonly float* Columns;

    /// <summary>32-bit elements from one row of them to the next.</summary>
    public readonly nint Stride;

    /// <summary>Room for six rows of sums.</summary>
    public readonly float* Sums;

    /// <summary>
    /// Where a kernel may write 64 sums of row 0 itself, and of the others a partition stride further: fp32, side by
    /// side and no mask; else null.
    /// </summary>
    public readonly float* Target;

    private static float* TargetOf(PanelJob job, int first)
    {
        const int Width = PanelProduct.Width;
        ref readonly var psum = ref job.Psum;
        var plain = job.Mask == null && psum.DType == DType.Fp32 && psum.Stride3 == sizeof(float)
            && psum.PartitionStride % sizeof(float) == 0;
        var runs = new Runs(psum, 0, first, Math.Min(Width, psum.Elements - first));
        return runs.Next(out var address, out var length) && plain && length == Width ? (float*)address : null;
    }
}
