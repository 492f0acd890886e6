using static TrnEmu.Kernels.Matmul.MatmulProblem;

namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// Blocked in all three dimensions: for each block of columns, over blocks of terms, over blocks of rows. Loads bring
/// 128 terms of a whole block. What a block of terms adds to a tile is summed in PSUM and then, by Vector, in SBUF,
/// where the sums of all rows of a block of columns lie until their last block of terms.
/// </summary>
[Kernel("matmul_all_blocks",
    Summary = "y[M,N] = lhsT[K,M].T @ rhs[K,N] in blocks of BM x BN x BK tiles, sums collected in SBUF")]
public sealed class MatmulAllBlocks : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } =
    [
        .. MatmulProblem.Dimensions,
        new("BM", 4, "tiles of 128 rows in a block"),
        new("BN", 2, "tiles of 512 columns in a block", Maximum: 8),
        new("BK", 3, "tiles of 128 terms in a block"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => MatmulProblem.Cases;

    // Sums of a bf16 product are kept in bf16 from one block of terms to the next: three blocks at the default sizes.
    /// <inheritdoc/>
    public int Roundings => 4;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var p = new MatmulProblem(k, sizes, dtype);
        foreach (var blockN in Chunk.Each(p.N, sizes["BN"] * TileN))
        {
            TensorView[,] sums = Zeros(k, p, blockN);
            foreach (var blockK in Chunk.Each(p.K, sizes["BK"] * TileK))
            {
                var right = Load(k, "right", p.Rhs[blockK, blockN]);
                foreach (var blockM in Chunk.Each(p.M, sizes["BM"] * TileM))
                {
                    var left = Load(k, "left", p.LhsT[blockK, blockM]);
                    Multiply(k, left, right, sums, blockM, blockN);
                }
            }

            Store(k, p, sums, blockN);
        }
    }

    /// <inheritdoc/>
    public long? Macs(Sizes sizes) => MatmulProblem.Macs(sizes);

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => MatmulProblem.Reference(sizes, data);

    /// <summary>The sums of all rows in a block of columns, by tiles.</summary>
    private static TensorView[,] Zeros(KernelBuilder k, MatmulProblem p, Chunk blockN)
    {
        Chunk[] columns = [.. Chunk.Each(blockN.Length, TileN)];
        Chunk[] rows = [.. p.Rows];
        var sums = new TensorView[rows.Length, columns.Length];
        foreach (var m in rows)
        {
            foreach (var n in columns)
            {
                sums[m.Index, n.Index] = k.Sbuf("sums", p.DType, [m.Length, n.Length]);
                k.Issue(new Memset(sums[m.Index, n.Index], 0), Engine.Vector);
            }
        }

        return sums;
    }

    /// <summary>The terms of a block, a tensor and a transfer for every 128 of them.</summary>
    private static TensorView[] Load(KernelBuilder k, string name, TensorView block)
    {
        return [.. Chunk.Each(block.Shape[0], TileK).Select(Tile)];

        TensorView Tile(Chunk t)
        {
            var tile = k.Sbuf(name, block.DType, [t.Length, block.Shape[1]]);
            k.Issue(new DmaCopy(tile, block[t]));
            return tile;
        }
    }

    /// <summary>Adds what a block of terms gives to a block of y.</summary>
    private static void Multiply(
        KernelBuilder k, TensorView[] left, TensorView[] right, TensorView[,] sums, Chunk blockM, Chunk blockN)
    {
        foreach (var n in Chunk.Each(blockN.Length, TileN))
        {
            foreach (var m in Chunk.Each(blockM.Length, TileM))
            {
                var bank = k.Psum("products", DType.Fp32, [m.Length, n.Length]);
                for (var t = 0; t < left.Length; t++)
                    k.Issue(new NcMatmul(bank, left[t][.., m], right[t][.., n], Accumulate: t > 0));
                var sum = sums[m.In(blockM).Start / TileM, n.Index];
                k.Issue(new TensorTensor(sum, sum, bank, AluOp.Add), Engine.Vector);
            }
        }
    }

    /// <summary>Brings the tiles of a block's row side by side, so that a row of y is stored in one piece.</summary>
    private static void Store(KernelBuilder k, MatmulProblem p, TensorView[,] sums, Chunk blockN)
    {
        foreach (var m in p.Rows)
        {
            var packed = k.Sbuf("packed", p.DType, [m.Length, blockN.Length]);
            foreach (var n in Chunk.Each(blockN.Length, TileN))
                k.Issue(new TensorCopy(packed[.., n], sums[m.Index, n.Index]), Engine.Vector);
            k.Issue(new DmaCopy(p.Y[m, blockN], packed));
        }
    }
}
