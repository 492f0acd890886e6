namespace TrnEmu.Kernels.Transpose;

/// <summary>
/// On the Tensor engine: a tile of 128 x 128 streams through the array into PSUM, from where Vector takes it to SBUF.
/// </summary>
[Kernel("transpose", Summary = "y[N,M] = x[M,N].T on the Tensor engine")]
public sealed class Transpose : IKernel
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
        foreach (var m in Chunk.Each(rows, Limits.Partitions))
        {
            var band = k.Sbuf("band", dtype, [m.Length, columns]);
            k.Issue(new DmaCopy(band, x[m]));
            foreach (var n in Chunk.Each(columns, Limits.Partitions))
            {
                var flipped = k.Psum("flipped", dtype, [n.Length, m.Length]);
                var tile = k.Sbuf("tile", dtype, [n.Length, m.Length]);
                k.Issue(new NcTranspose(flipped, band[.., n]));
                k.Issue(new TensorCopy(tile, flipped));
                k.Issue(new DmaCopy(y[n, m], tile));
            }
        }
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => TransposeProblem.Reference(sizes, data);
}
