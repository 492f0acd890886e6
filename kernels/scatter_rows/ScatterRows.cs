namespace TrnEmu.Kernels.ScatterRows;

/// <summary>
/// A table with some rows replaced: a copy within HBM, into which rows are scattered, up to 128 at once. Of rows with
/// one id the last one is fetched for all of them, so that all write the same.
/// </summary>
public static class ScatterRows
{
    /// <summary>Columns that come at once: up to 16 KiB of each partition.</summary>
    internal const int Columns = 4096;

    /// <summary>Records y = x with y[ids[t]] = rows[t].</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[V, W] in HBM.</param>
    /// <param name="x">[V, W] in HBM.</param>
    /// <param name="ids">int32 [T, 1] in HBM: 0 to V - 1, anything else is a fault.</param>
    /// <param name="rows">[T, W] in HBM.</param>
    public static void Emit(KernelBuilder k, TensorView y, TensorView x, TensorView ids, TensorView rows)
    {
        k.Issue(new DmaCopy(y, x));
        foreach (var t in Chunk.Each(ids.Shape[0], Limits.Partitions))
        {
            var id = new RowIds(k, ids[t]);
            var last = id.Last(k);
            foreach (var w in Chunk.Each(y.Shape[1], Columns))
            {
                var tile = k.Sbuf("rows", rows.DType, [t.Length, w.Length]);
                k.Issue(new DmaCopy(tile, rows[t, w].Gather(last)));
                k.Issue(new DmaCopy(y[.., w].Gather(id.Index), tile));
            }
        }
    }
}
