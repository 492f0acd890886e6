namespace TrnEmu.Kernels.Elementwise;

/// <summary>
/// Any function of single elements: loads the operands of a tile, has the tile computed, stores its result. What an
/// operand repeats is loaded once and repeated on the way into the engine; a part that the next tile uses too (a bias,
/// one number) stays in SBUF.
/// </summary>
internal static class Elementwise
{
    /// <summary>Elements of a tile's row: the longest function keeps some 20 tiles of 4 KiB a partition.</summary>
    private const int RowElements = 1024;

    /// <summary>Records y = f(operands).</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">In HBM.</param>
    /// <param name="operands">In HBM, of shapes that repeat to y's.</param>
    /// <param name="body">Records the computation of a tile.</param>
    public static void Emit(
        KernelBuilder k, TensorView y, ReadOnlySpan<TensorView> operands, Action<ElementTile> body)
    {
        var tensors = new TensorView[operands.Length + 1];
        tensors[0] = y;
        for (var i = 0; i < operands.Length; i++) tensors[i + 1] = Repeated(operands[i], y);
        var kept = new (string Key, TensorView View)[tensors.Length];
        foreach (var tile in Tiling.Of(RowElements, tensors))
        {
            for (var i = 1; i < tensors.Length; i++)
            {
                var key = tile.Key(i);
                if (kept[i].Key != key) kept[i] = (key, Load(k, tile, i));
            }

            var result = k.Sbuf("result", y.DType, [tile.Shape[0], tile.Columns]);
            body(new ElementTile(k, result, Array.ConvertAll(kept[1..], o => o.View)));
            k.Issue(new DmaCopy(tile[0], result));
        }
    }

    private static TensorView Load(KernelBuilder k, Tile tile, int operand)
    {
        var source = tile.Distinct(operand);
        var loaded = k.Sbuf("operand", source.DType, source.Shape);
        k.Issue(new DmaCopy(loaded, source));
        for (var d = 1; d < source.Rank; d++)
        {
            if (source.Shape[d] < tile.Shape[d]) loaded = loaded.Broadcast(d, tile.Shape[d]);
        }

        return loaded;
    }

    /// <summary>The operand under y's shape: dimensions aligned at the end, extents of 1 repeated.</summary>
    private static TensorView Repeated(TensorView operand, TensorView y)
    {
        var strides = new long[y.Rank];
        for (var i = 1; i <= Math.Min(operand.Rank, y.Rank); i++)
            strides[^i] = operand.Shape[^i] == 1 ? 0 : operand.Strides[^i];
        return operand.Strided(y.Shape, strides);
    }
}
