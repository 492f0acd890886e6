namespace TrnEmu.Kernels.Elementwise;

/// <summary>A dimension that several tensors share.</summary>
/// <param name="Extent">Indices.</param>
/// <param name="Strides">For each tensor the elements from one index to the next.</param>
internal sealed record Level(int Extent, long[] Strides)
{
    /// <summary>
    /// The levels of tensors of one shape, outermost first, at least one: extents of 1 are left out, and neighbours
    /// that continue each other in every tensor are one.
    /// </summary>
    public static List<Level> Of(ReadOnlySpan<TensorView> tensors)
    {
        var levels = new List<Level>();
        for (var d = 0; d < tensors[0].Rank; d++)
        {
            var strides = new long[tensors.Length];
            for (var t = 0; t < tensors.Length; t++) strides[t] = tensors[t].Strides[d];
            var level = new Level(tensors[0].Shape[d], strides);
            if (level.Extent == 1) continue;
            if (levels.Count > 0 && levels[^1].Continues(level))
                levels[^1] = level with { Extent = level.Extent * levels[^1].Extent };
            else
                levels.Add(level);
        }

        if (levels.Count == 0) levels.Add(new Level(1, new long[tensors.Length]));
        return levels;
    }

    /// <summary>The level of the rows that the first rows * width indices make.</summary>
    public Level Rows(int rows, int width) => new(rows, Array.ConvertAll(Strides, s => s * width));

    /// <summary>Places of the elements so many indices on.</summary>
    public long[] Moved(long[] offsets, int indices)
    {
        var moved = new long[offsets.Length];
        for (var t = 0; t < moved.Length; t++) moved[t] = offsets[t] + indices * Strides[t];
        return moved;
    }

    private bool Continues(Level inner)
    {
        for (var t = 0; t < Strides.Length; t++)
        {
            if (Strides[t] != inner.Strides[t] * inner.Extent) return false;
        }

        return true;
    }
}
