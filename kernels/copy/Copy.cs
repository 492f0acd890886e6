namespace TrnEmu.Kernels.Copy;

/// <summary>
/// From HBM through SBUF to HBM. A tile is 128 rows of up to 16 KiB: DMA engines stream long rows at full rate. Each
/// tile is a tensor of its own, so that the next load runs while the last store does.
/// </summary>
[Kernel("copy", Summary = "y[M,N] = x[M,N]")]
public sealed class Copy : IKernel
{
    private const int RowBytes = 16 * 1024;

    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } = [new("M", 512, "rows"), new("N", 2048, "columns")];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("bf16", DType.Bf16),
        new("ragged", DType.Fp32, ("M", 300), ("N", 5000)),
        new("bytes", DType.Int8, ("M", 1), ("N", 77)),
    ];

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var (rows, columns) = (sizes["M"], sizes["N"]);
        var x = k.Input("x", dtype, [rows, columns]);
        var y = k.Output("y", dtype, [rows, columns]);
        foreach (var m in Chunk.Each(rows, Limits.Partitions))
        {
            foreach (var n in Chunk.Each(columns, RowBytes / dtype.Size()))
            {
                var tile = k.Sbuf("tile", dtype, [m.Length, n.Length]);
                k.Issue(new DmaCopy(tile, x[m, n]));
                k.Issue(new DmaCopy(y[m, n], tile));
            }
        }
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => data["x"].CopyTo(data["y"], 0);
}
