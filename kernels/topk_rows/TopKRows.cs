namespace TrnEmu.Kernels.TopKRows;

/// <summary>
/// The largest elements of each row and where they stand, as a sampler or a router of experts needs them. Eight rows at
/// once, one for each GpSimd core: the DMA deals a row out over the core's 16 partitions, element i to partition i mod
/// 16, topk leaves its results in the same order, and the DMA collects them. Every element is a descriptor of its own:
/// the price of places that need no further arithmetic.
/// </summary>
[Kernel("topk_rows", Summary = "values[R,K], places[R,K] = the K largest of x[R,V] in each row, ascending; all V if K is more")]
public sealed class TopKRows : IKernel
{
    private const int Deal = 16;
    private const int Cores = Limits.Partitions / Deal;

    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } =
    [
        new("R", 8, "rows"),
        new("V", 1024, "elements of a row", Minimum: 8, Maximum: 65535),
        new("K", 32, "elements that are looked for", Maximum: 32767),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("bf16", DType.Bf16),
        new("ragged", DType.Bf16, ("R", 11), ("V", 100), ("K", 21)),
        new("greedy", DType.Bf16, ("R", 1), ("V", 333), ("K", 1)),
    ];

    /// <summary>Values are chosen, not computed.</summary>
    public int Roundings => 0;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var (rows, columns, count) = (sizes["R"], sizes["V"], Math.Min(sizes["K"], sizes["V"]));
        var x = k.Input("x", dtype, [rows, columns]);
        var values = k.Output("values", dtype, [rows, count]);
        var places = k.Output("places", DType.UInt32, [rows, count]);
        foreach (var r in Chunk.Each(rows, Cores))
        {
            var list = k.Sbuf("list", dtype, [r.Length * Deal, (columns + Deal - 1) / Deal]);
            var largest = k.Sbuf("largest", dtype, [r.Length * Deal, count]);
            var index = k.Sbuf("index", DType.UInt32, [r.Length * Deal, count]);

            foreach (var (row, dealt) in Rows(x[r], list)) k.Issue(new DmaCopy(dealt, row));
            k.Issue(new TopK(largest, index, list, columns));
            foreach (var (row, dealt) in Rows(values[r], largest)) k.Issue(new DmaCopy(row, dealt));
            foreach (var (row, dealt) in Rows(places[r], index)) k.Issue(new DmaCopy(row, dealt));
        }
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data)
    {
        var (columns, count) = (sizes["V"], Math.Min(sizes["K"], sizes["V"]));
        var (x, values, places) = (data["x"], data["values"], data["places"]);
        for (var row = 0; row < sizes["R"]; row++)
        {
            // The sort is stable: of equal elements the first is the larger one.
            var order = Enumerable.Range(0, columns).OrderByDescending(i => x[row * columns + i]).Take(count).Reverse().ToArray();
            for (var j = 0; j < count; j++)
            {
                places[row * count + j] = order[j];
                values[row * count + j] = x[row * columns + order[j]];
            }
        }
    }

    /// <summary>
    /// Parts of each row [N] of HBM, and the same elements dealt out over 16 partitions: whole columns, then what is
    /// left.
    /// </summary>
    private static IEnumerable<(TensorView Row, TensorView Dealt)> Rows(TensorView rows, TensorView dealt)
    {
        var (columns, rest) = Math.DivRem(rows.Shape[1], Deal);
        for (var r = 0; r < rows.Shape[0]; r++)
        {
            var (row, first) = (rows[r], r * Deal);
            if (columns > 0)
                yield return (row[..(columns * Deal)].Reshape([columns, Deal]).Permute([1, 0]), dealt[first..(first + Deal), ..columns]);
            if (rest > 0)
                yield return (row[(columns * Deal)..].Reshape([rest, 1]), dealt[first..(first + rest), columns..(columns + 1)]);
        }
    }
}
