namespace TrnEmu.Compiler.FrontEnd;

/// <summary>Turns the free dimensions of a view into the four levels of an access pattern.</summary>
internal static class ViewLevels
{
    private const int Levels = 4;

    /// <summary>
    /// Exactly four levels, packed to the inner end; more if the view does not fit. Dimensions stay as they are while
    /// there are at most four (operations that reduce count them); else extents of 1 go, then neighbours that are
    /// contiguous merge, inner ones first.
    /// </summary>
    public static IReadOnlyList<(int Count, long Stride)> Of(ReadOnlySpan<int> shape, ReadOnlySpan<long> strides)
    {
        var levels = new List<(int Count, long Stride)>();
        for (var i = 1; i < shape.Length; i++) levels.Add((shape[i], strides[i]));
        if (levels.Count > Levels) levels.RemoveAll(l => l.Count == 1);
        for (var i = levels.Count - 2; i >= 0 && levels.Count > Levels; i--) Merge(levels, i);
        if (levels.Exists(l => l.Stride != (int)l.Stride)) return [];
        if (levels.Count == 0) levels.Add((1, 1));
        while (levels.Count < Levels) levels.Insert(0, (1, 0));
        return levels;
    }

    private static void Merge(List<(int Count, long Stride)> levels, int outer)
    {
        var (count, stride) = levels[outer + 1];
        if (levels[outer].Stride != stride * count) return;
        levels[outer] = (levels[outer].Count * count, stride);
        levels.RemoveAt(outer + 1);
    }
}
