namespace TrnEmu.Kernels.TopElements;

/// <summary>
/// The largest or smallest elements of rows, up to 128 rows at once. Long rows come in parts; what was best so far is
/// ranked again with the next part, before whose elements it stands, so that equal ones keep their order.
/// </summary>
public static class TopElements
{
    private const int Part = 4096;

    /// <summary>Records the search along the last axis of x.</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[…, count] in HBM, contiguous: of x's dtype, or int32 for places.</param>
    /// <param name="x">[…, N] in HBM, contiguous.</param>
    /// <param name="count">Elements that are looked for: up to N; up to 2048 where N is over 4096.</param>
    /// <param name="isLargest">The largest, or the smallest.</param>
    /// <param name="isPlaces">Whether y gets their places.</param>
    public static void Emit(KernelBuilder k, TensorView y, TensorView x, int count, bool isLargest, bool isPlaces)
    {
        var columns = x.Shape[^1];
        (x, y) = (Rows(x, columns), Rows(y, count));
        foreach (var m in Chunk.Each(x.Shape[0], Limits.Partitions))
        {
            Candidates? best = null;
            foreach (var n in Chunk.Each(columns, Part))
            {
                var list = Candidates.Load(k, x[m, n], n.Start, best);
                best = list.Pick(k, Ranking.Of(k, list.Values, Math.Min(count, list.Count), isLargest));
            }

            k.Issue(new DmaCopy(y[m], isPlaces ? best!.Places.As(y.DType) : best!.Values));
        }
    }

    private static TensorView Rows(TensorView x, int columns) => x.Reshape([(int)(x.Elements / columns), columns]);
}
