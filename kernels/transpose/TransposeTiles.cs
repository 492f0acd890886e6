namespace TrnEmu.Kernels.Transpose;

/// <summary>
/// On the Tensor engine, tile by tile: each tile of 128 x 128 is loaded, transposed into PSUM, taken out by Scalar
/// (which copies from generation 3 on) and stored by itself. All addresses are fixed, so the descriptors are made
/// before the run and the queues never wait for a generator.
/// </summary>
[Kernel("transpose_tiles", Summary = "y[N,M] = x[M,N].T on the Tensor engine, each tile loaded and stored by itself",
    MinGeneration = 3)]
public sealed class TransposeTiles : IKernel
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
            foreach (var n in Chunk.Each(columns, Limits.Partitions))
            {
                var tile = k.Sbuf("tile", dtype, [m.Length, n.Length]);
                var flipped = k.Psum("flipped", dtype, [n.Length, m.Length]);
                var result = k.Sbuf("result", dtype, [n.Length, m.Length]);
                k.Issue(new DmaCopy(tile, x[m, n], DgeMode: DgeMode.None));
                k.Issue(new NcTranspose(flipped, tile), Engine.Tensor);
                k.Issue(new TensorCopy(result, flipped), Engine.Scalar);
                k.Issue(new DmaCopy(y[n, m], result, DgeMode: DgeMode.None));
            }
        }
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => TransposeProblem.Reference(sizes, data);
}
