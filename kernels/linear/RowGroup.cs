namespace TrnEmu.Kernels.Linear;

/// <summary>
/// Pieces of up to 128 rows that go through a layer together, so that its weights come from HBM once for all of them: as
/// many as have room in half of SBUF, and four at most, whose sums fill half of PSUM.
/// </summary>
internal static class RowGroup
{
    private const int Most = 4;
    private const int ShareOfSbuf = 2;

    /// <summary>The rows of a view in groups of pieces.</summary>
    /// <param name="k">Where the kernel is recorded.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="features">Features of a row that stay in SBUF.</param>
    /// <param name="dtype">Their type.</param>
    public static IEnumerable<Chunk[]> Each(KernelBuilder k, int rows, int features, DType dtype)
    {
        // Each feature lies there twice: as loaded or computed, and turned.
        var bytes = 2L * features * dtype.Size();
        var room = k.Chip.SbufBytesPerPartition.ToInt32() / ShareOfSbuf / bytes;
        return Chunk.Each(rows, Limits.Partitions).Chunk((int)Math.Clamp(room, 1, Most));
    }
}
