using static TrnEmu.Kernels.Matmul.MatmulProblem;

namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// Last step: blocks of 512 x 1024 of y, whose sums fill the eight banks, over blocks of 1024 terms. Operands of any
/// size stream through SBUF in large loads, each used for several tiles, and the first product need not wait for all of
/// them. The sums of a tile are taken out while the next tiles of its block are finished.
/// </summary>
[Kernel("matmul_blocked", Summary = "y[M,N] = lhsT[K,M].T @ rhs[K,N], blocked in M, N and K")]
public sealed class MatmulBlocked : IKernel
{
    private const int BlockM = 4 * TileM;
    private const int BlockN = 2 * TileN;
    private const int BlockK = 8 * TileK;

    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => MatmulProblem.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => MatmulProblem.Cases;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var p = new MatmulProblem(k, sizes, dtype);
        foreach (var blockN in Chunk.Each(p.N, BlockN))
        {
            foreach (var blockM in Chunk.Each(p.M, BlockM))
            {
                var tiles = Tiles(k, blockM, blockN);
                foreach (var blockK in Chunk.Each(p.K, BlockK))
                {
                    var left = ResidentRows.Load(k, "left", p.LhsT[blockK, blockM]);
                    var right = ResidentRows.Load(k, "right", p.Rhs[blockK, blockN]);
                    foreach (var (m, n, sums) in tiles)
                    {
                        foreach (var t in Chunk.Each(blockK.Length, TileK))
                        {
                            var isFirst = blockK.Index == 0 && t.Index == 0;
                            k.Issue(new NcMatmul(sums, left.Step(t, m), right.Step(t, n), Accumulate: !isFirst));
                        }
                    }
                }

                foreach (var (m, n, sums) in tiles) p.Evict(k, sums, m.In(blockM), n.In(blockN));
            }
        }
    }

    /// <inheritdoc/>
    public long? Macs(Sizes sizes) => MatmulProblem.Macs(sizes);

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => MatmulProblem.Reference(sizes, data);

    /// <summary>The tiles of a block, by their place in it, each with a bank for its sums.</summary>
    private static (Chunk M, Chunk N, TensorView Sums)[] Tiles(KernelBuilder k, Chunk blockM, Chunk blockN) =>
    [
        .. from m in Chunk.Each(blockM.Length, TileM)
           from n in Chunk.Each(blockN.Length, TileN)
           select (m, n, k.Psum("sums", DType.Fp32, [m.Length, n.Length])),
    ];
}
