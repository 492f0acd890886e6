namespace TrnEmu.Kernels.Elementwise;

/// <summary>
/// Cuts tensors of one shape in HBM into tiles of at most 128 rows. Neighbouring dimensions that continue each other in
/// every tensor count as one; a long innermost dimension is cut into rows where the others have too few; what is left
/// goes to the loops outside.
/// </summary>
public sealed class Tiling
{
    /// <summary>Elements of a row below which more rows are not worth their descriptors.</summary>
    private const int ShortRow = 128;

    /// <summary>Free levels of a pattern.</summary>
    private const int MaxFreeLevels = 4;

    private readonly TensorView[] _tensors;
    private readonly int _rowElements;
    private readonly List<Tile> _tiles = [];

    private Tiling(TensorView[] tensors, int rowElements) => (_tensors, _rowElements) = (tensors, rowElements);

    /// <summary>The tiles, which cover every element once.</summary>
    /// <param name="rowElements">The most elements of a tile's row.</param>
    /// <param name="tensors">Views of one shape in HBM, with any strides.</param>
    public static IReadOnlyList<Tile> Of(int rowElements, params ReadOnlySpan<TensorView> tensors)
    {
        var tiling = new Tiling(tensors.ToArray(), rowElements);
        var levels = Level.Of(tensors);
        tiling.Split(levels, new long[tensors.Length]);
        return tiling._tiles;
    }

    /// <summary>
    /// Cuts the innermost level into rows where no outer one has 128: as many as there are partitions, and what remains
    /// of it by itself.
    /// </summary>
    private void Split(List<Level> levels, long[] offsets)
    {
        var inner = levels[^1];
        var rows = levels.Count > 1 ? levels.SkipLast(1).Max(l => l.Extent) : 1;
        var even = (inner.Extent - 1) / Limits.Partitions + 1;
        var width = Math.Clamp(even, Math.Min(ShortRow, _rowElements), _rowElements);
        if (rows >= Limits.Partitions || inner.Extent <= width || rows >= inner.Extent / width)
        {
            Place(levels, offsets);
            return;
        }

        var (whole, rest) = (inner.Extent / width, inner.Extent % width);
        Place([.. levels.SkipLast(1), inner.Rows(whole, width), inner with { Extent = width }], offsets);
        if (rest > 0) Place([.. levels.SkipLast(1), inner with { Extent = rest }], inner.Moved(offsets, whole * width));
    }

    /// <summary>Chooses the rows and the free levels, and makes the tiles of all others.</summary>
    private void Place(List<Level> levels, long[] offsets)
    {
        var row = -1;
        for (var i = 0; i < levels.Count - 1; i++)
        {
            if (row < 0 || Rows(levels[i]) > Rows(levels[row])) row = i;
        }

        var sizes = new int[levels.Count];
        Array.Fill(sizes, 1);
        if (row >= 0) sizes[row] = Limits.Partitions;
        var (room, free) = (_rowElements, 0);
        for (var i = levels.Count - 1; i >= 0 && free < MaxFreeLevels && room > 0; i--)
        {
            if (i == row) continue;
            sizes[i] = Math.Min(levels[i].Extent, room);
            room = sizes[i] == levels[i].Extent ? room / sizes[i] : 0;
            free++;
        }

        Emit(levels, sizes, row, 0, new int[levels.Count], offsets);
    }

    private static int Rows(Level level) => Math.Min(level.Extent, Limits.Partitions);

    private void Emit(List<Level> levels, int[] sizes, int row, int level, int[] lengths, long[] offsets)
    {
        if (level == levels.Count)
        {
            _tiles.Add(Tile.Of(_tensors, levels, row, lengths, offsets));
            return;
        }

        foreach (var chunk in Chunk.Each(levels[level].Extent, sizes[level]))
        {
            lengths[level] = chunk.Length;
            Emit(levels, sizes, row, level + 1, lengths, levels[level].Moved(offsets, chunk.Start));
        }
    }
}
