namespace TrnEmu.Kernels.Transpose;

/// <summary>
/// On the Vector engine, which transposes blocks of 32 x 32 within SBUF: sixteen of them make a tile. No PSUM is
/// needed, and Tensor is free for products.
/// </summary>
[Kernel("transpose_vector", Summary = "y[N,M] = x[M,N].T on the Vector engine, in blocks of 32")]
public sealed class TransposeVector : IKernel
{
    private const int Block = 32;

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
                var flipped = k.Sbuf("flipped", dtype, [n.Length, m.Length]);
                k.Issue(new DmaCopy(tile, x[m, n]));
                foreach (var i in Chunk.Each(m.Length, Block))
                {
                    foreach (var j in Chunk.Each(n.Length, Block))
                        k.Issue(new NcTranspose(flipped[j, i], tile[i, j]), Engine.Vector);
                }

                k.Issue(new DmaCopy(y[n, m], flipped));
            }
        }
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => TransposeProblem.Reference(sizes, data);
}
