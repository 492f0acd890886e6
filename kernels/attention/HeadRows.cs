namespace TrnEmu.Kernels.Attention;

/// <summary>
/// Some query heads of all tokens as rows, row h * tokens + t, each as wide as the key heads of its block together:
/// values lie in the columns of the row's own key head. Zeros in the others let one product score several heads.
/// </summary>
/// <param name="KeyHeads">The key heads of the block.</param>
/// <param name="QueryHeads">The query heads, of all heads.</param>
/// <param name="Sharing">Query heads that share a key head.</param>
/// <param name="Tokens">Tokens.</param>
/// <param name="Size">Columns of a head.</param>
internal sealed record HeadRows(Chunk KeyHeads, Chunk QueryHeads, int Sharing, int Tokens, int Size)
{
    public int Count => QueryHeads.Length * Tokens;

    public int Width => KeyHeads.Length * Size;

    /// <summary>Rows of queries [T, heads * size] in HBM, converted to a dtype: [Count, Width] in SBUF.</summary>
    public TensorView Load(KernelBuilder k, TensorView queries, DType dtype)
    {
        var rows = k.Sbuf("queries", dtype, [Count, Width]);
        if (KeyHeads.Length > 1) k.Issue(new Memset(rows, 0));
        foreach (var (keyHead, heads) in Runs())
            k.Issue(new DmaCopy(InRows(rows, keyHead, heads), InHbm(queries, heads)));
        return rows;
    }

    /// <summary>Writes each row's own columns of [Count, Width] to [T, heads * size] in HBM.</summary>
    public void Store(KernelBuilder k, TensorView rows, TensorView result)
    {
        foreach (var (keyHead, heads) in Runs())
            k.Issue(new DmaCopy(InHbm(result, heads), InRows(rows, keyHead, heads)));
    }

    /// <summary>The query heads, cut where the key head changes.</summary>
    private IEnumerable<(int KeyHead, Chunk Heads)> Runs()
    {
        for (var head = QueryHeads.Start; head < QueryHeads.End;)
        {
            var keyHead = head / Sharing;
            var end = Math.Min(QueryHeads.End, (keyHead + 1) * Sharing);
            yield return (keyHead, new Chunk(keyHead, head, end - head));
            head = end;
        }
    }

    private TensorView InRows(TensorView rows, int keyHead, Chunk heads)
    {
        var (row, column) = ((heads.Start - QueryHeads.Start) * Tokens, (keyHead - KeyHeads.Start) * Size);
        return rows[row..(row + heads.Length * Tokens), column..(column + Size)];
    }

    private TensorView InHbm(TensorView tokens, Chunk heads) =>
        tokens.Reshape([Tokens, tokens.Shape[1] / Size, Size])[.., heads].Permute([1, 0, 2]);
}
