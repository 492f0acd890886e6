using static TrnEmu.Kernels.Matmul.MatmulProblem;

namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// Blocks of BM x BN tiles of y. All terms of a block's rows are loaded once, all terms of its columns for each block:
/// larger blocks load less. Every tile of an operand is still a transfer of its own, and K is not blocked, so SBUF
/// limits the terms. With blocks of one tile this is the hoisted loop.
/// </summary>
[Kernel("matmul_free_blocks",
    Summary = "y[M,N] = lhsT[K,M].T @ rhs[K,N] in blocks of BM x BN tiles, loaded tile by tile")]
public sealed class MatmulFreeBlocks : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } =
    [
        .. MatmulProblem.Dimensions,
        new("BM", 2, "tiles of 128 rows in a block"),
        new("BN", 2, "tiles of 512 columns in a block"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        .. MatmulProblem.Cases,
        new("hoisted", DType.Bf16, ("M", 200), ("BM", 1), ("BN", 1)),
    ];

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var p = new MatmulProblem(k, sizes, dtype);
        foreach (var blockM in Chunk.Each(p.M, sizes["BM"] * TileM))
        {
            var left = Load(k, p, "left", p.LhsT, blockM, TileM);
            foreach (var blockN in Chunk.Each(p.N, sizes["BN"] * TileN))
            {
                var right = Load(k, p, "right", p.Rhs, blockN, TileN);
                foreach (var (m, rows) in left)
                {
                    foreach (var (n, columns) in right)
                    {
                        var sums = k.Psum("sums", DType.Fp32, [m.Length, n.Length]);
                        foreach (var t in p.Terms)
                            k.Issue(new NcMatmul(sums, rows[t.Index], columns[t.Index], Accumulate: t.Index > 0));
                        p.Evict(k, sums, m, n);
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public long? Macs(Sizes sizes) => MatmulProblem.Macs(sizes);

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => MatmulProblem.Reference(sizes, data);

    /// <summary>The strips of a block, each with its terms, a tensor and a transfer for every 128 of them.</summary>
    private static List<(Chunk Strip, TensorView[] Terms)> Load(
        KernelBuilder k, MatmulProblem p, string name, TensorView operand, Chunk block, int width)
    {
        var strips = new List<(Chunk Strip, TensorView[] Terms)>();
        foreach (var part in Chunk.Each(block.Length, width))
        {
            var strip = part.In(block);
            strips.Add((strip, [.. p.Terms.Select(t => Tile(k, name, operand[t, strip]))]));
        }

        return strips;
    }

    private static TensorView Tile(KernelBuilder k, string name, TensorView from)
    {
        var tile = k.Sbuf(name, from.DType, from.Shape);
        k.Issue(new DmaCopy(tile, from));
        return tile;
    }
}
