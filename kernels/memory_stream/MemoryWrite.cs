namespace TrnEmu.Kernels.MemoryStream;

/// <summary>One tile of 128 rows is filled once and stored over and over, until HBM holds it everywhere.</summary>
[Kernel("memory_write", Summary = "y[M,N] = 1.5, stored in tiles of 128 rows")]
public sealed class MemoryWrite : IKernel
{
    private const double Value = 1.5;

    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } = [new("M", 512, "rows"), new("N", 2048, "columns")];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("bf16", DType.Bf16),
        new("ragged", DType.Fp32, ("M", 300), ("N", 77)),
    ];

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var (rows, columns) = (sizes["M"], sizes["N"]);
        var y = k.Output("y", dtype, [rows, columns]);
        var tile = k.Sbuf("tile", dtype, [Math.Min(rows, Limits.Partitions), columns]);
        k.Issue(new Memset(tile, Value), Engine.Vector);
        foreach (var m in Chunk.Each(rows, Limits.Partitions)) k.Issue(new DmaCopy(y[m], tile[..m.Length]));
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => Array.Fill(data["y"], Value);
}
