using TrnEmu.Kernels.Reduce;

namespace TrnEmu.Kernels.ScatterRows;

/// <summary>
/// A table with rows added to some of its rows, up to 128 at once: the sum of all rows of one id joins what is fetched
/// from the table, and each of them writes the same result. Sums stay fp32 (integers 32 bits) in HBM to the end.
/// </summary>
internal static class ScatterAdd
{
    /// <summary>Records y = x with y[ids[t]] += rows[t]; operands as <see cref="ScatterRows.Emit"/> has them.</summary>
    public static void Emit(KernelBuilder k, TensorView y, TensorView x, TensorView ids, TensorView rows)
    {
        var type = new ReduceStage(AluOp.Add).TypeOf(y.DType);
        var table = type == y.DType ? y : k.Hbm("table", type, y.Shape);
        k.Issue(new DmaCopy(table, x));
        foreach (var t in Chunk.Each(ids.Shape[0], Limits.Partitions))
        {
            var id = new RowIds(k, ids[t]);
            var sums = new RowSums(k, id.Equal);
            foreach (var w in Chunk.Each(y.Shape[1], RowSums.Columns))
            {
                var tile = k.Sbuf("rows", type, [t.Length, w.Length]);
                var before = k.Sbuf("before", type, tile.Shape);
                k.Issue(new DmaCopy(tile, rows[t, w]));
                k.Issue(new DmaCopy(before, table[.., w].Gather(id.Index)));
                var after = k.Sbuf("after", type, tile.Shape);
                k.Issue(new TensorTensor(after, before, sums.Of(tile), AluOp.Add));
                k.Issue(new DmaCopy(table[.., w].Gather(id.Index), after));
            }
        }

        if (type == y.DType) return;
        k.Issue(new DmaCopy(y, type.IsInteger() ? ReduceTile.LowBits(table, y.DType) : table));
    }
}
