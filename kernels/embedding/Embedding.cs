namespace TrnEmu.Kernels.Embedding;

/// <summary>
/// Rows of a table by number, from HBM to HBM: only the numbers come to SBUF, one on each partition, where the DMA
/// reads them while it runs. No engine computes.
/// </summary>
[Kernel("embedding", Summary = "y[T,D] = table[ids[T], D]")]
public sealed class Embedding : IKernel
{
    // Random integers are small, but not below 0: each names a row of a table of that size.
    private const int RowsOfSmallTable = 32;

    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } =
    [
        new("T", 128, "rows that are looked up"),
        new("V", 512, "rows of the table", Minimum: RowsOfSmallTable),
        new("D", 512, "columns"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("bf16", DType.Bf16),
        new("decode", DType.Fp32, ("T", 1), ("D", 64)),
        new("ragged", DType.Fp32, ("T", 131), ("V", 33), ("D", 77)),
    ];

    /// <summary>Records y[t] = table[ids[t]]; values are converted where y has another dtype.</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[T, D] in HBM.</param>
    /// <param name="table">[V, D] in HBM.</param>
    /// <param name="ids">int32 [T, 1] in HBM: 0 to V - 1, anything else is a fault.</param>
    public static void Emit(KernelBuilder k, TensorView y, TensorView table, TensorView ids)
    {
        foreach (var t in Chunk.Each(y.Shape[0], Limits.Partitions))
        {
            var index = k.Sbuf("index", ids.DType, [t.Length, 1]);
            k.Issue(new DmaCopy(index, ids[t]));
            k.Issue(new DmaCopy(y[t], table.Gather(index)));
        }
    }

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var table = k.Input("table", dtype, [sizes["V"], sizes["D"]]);
        var ids = k.Input("ids", DType.Int32, [sizes["T"], 1]);
        Emit(k, k.Output("y", dtype, [sizes["T"], sizes["D"]]), table, ids);
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data)
    {
        var (table, ids, y) = (data["table"], data["ids"], data["y"]);
        var columns = sizes["D"];
        for (var i = 0; i < y.Length; i++) y[i] = table[(int)ids[i / columns] * columns + i % columns];
    }
}
