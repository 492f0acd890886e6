namespace TrnEmu.Kernels.VectorAdd;

/// <summary>
/// Vectors seen as [M, N] stream through SBUF in tiles of FREE columns. A short tile costs as many triggers,
/// semaphores and instruction starts as a long one: time falls with FREE until DMA is the bound.
/// </summary>
[Kernel("vector_add_stream", Summary = "z[M,N] = x[M,N] + y[M,N], tiles of FREE columns")]
public sealed class VectorAddStream : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } =
    [
        new("M", 128, "rows, one to a partition", Maximum: Limits.Partitions),
        new("N", 2000, "columns"),
        new("FREE", 1000, "columns of a tile"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("fp32", DType.Fp32),
        new("short", DType.Fp32, ("N", 200), ("FREE", 2)),
        new("ragged", DType.Bf16, ("M", 77), ("N", 333), ("FREE", 100)),
    ];

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var (rows, columns) = (sizes["M"], sizes["N"]);
        var x = k.Input("x", dtype, [rows, columns]);
        var y = k.Input("y", dtype, [rows, columns]);
        var z = k.Output("z", dtype, [rows, columns]);
        foreach (var n in Chunk.Each(columns, sizes["FREE"]))
        {
            var a = k.Sbuf("a", dtype, [rows, n.Length]);
            var b = k.Sbuf("b", dtype, [rows, n.Length]);
            var sum = k.Sbuf("sum", dtype, [rows, n.Length]);
            k.Issue(new DmaCopy(a, x[.., n]));
            k.Issue(new DmaCopy(b, y[.., n]));
            k.Issue(new TensorTensor(sum, a, b, AluOp.Add), Engine.Vector);
            k.Issue(new DmaCopy(z[.., n], sum));
        }
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data)
    {
        var (x, y, z) = (data["x"], data["y"], data["z"]);
        for (var i = 0; i < z.Length; i++) z[i] = x[i] + y[i];
    }
}
