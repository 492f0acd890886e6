namespace TrnEmu.Kernels.Transpose;

/// <summary>
/// By the DMA engines on the way to SBUF: no engine computes. Chips before trn2 move single elements instead.
/// </summary>
[Kernel("transpose_dma", Summary = "y[N,M] = x[M,N].T by DMA")]
public sealed class TransposeDma : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => TransposeProblem.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => TransposeProblem.Cases;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var (rows, columns) = (sizes["M"], sizes["N"]);
        var x = k.Input("x", dtype, [rows, columns]);
        var y = k.Output("y", dtype, [columns, rows]);
        foreach (var n in Chunk.Each(columns, Limits.Partitions))
        {
            var band = k.Sbuf("band", dtype, [n.Length, rows]);
            foreach (var m in Chunk.Each(rows, Limits.Partitions)) k.Issue(new DmaTranspose(band[.., m], x[m, n]));
            k.Issue(new DmaCopy(y[n], band));
        }
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => TransposeProblem.Reference(sizes, data);
}
