using static TrnEmu.Kernels.Matmul.MatmulProblem;

namespace TrnEmu.Kernels.Matmul;

/// <summary>
/// Blocks of 4 x 1 x 8 tiles, as small as loads of a KiB a row allow, so that products start early and four banks of
/// PSUM are in turn filled and taken out. What a block of terms gives is rounded to the dtype of y and added to the
/// sums in SBUF, both on Vector. Two blocks of terms, two of columns and eight of rows are in SBUF at a time.
/// </summary>
[Kernel("matmul_small_blocks",
    Summary = "y[M,N] = lhsT[K,M].T @ rhs[K,N] in blocks of 4 x 1 x 8 tiles, sums collected in SBUF")]
public sealed class MatmulSmallBlocks : IKernel
{
    private const int BlockM = 4 * TileM;
    private const int BlockK = 8 * TileK;
    private const int Turns = 2;

    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions => MatmulProblem.Dimensions;

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases => MatmulProblem.Cases;

    // A product of a block and a sum are rounded for each of the two blocks of terms.
    /// <inheritdoc/>
    public int Roundings => 4;

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var p = new MatmulProblem(k, sizes, dtype);
        foreach (var n in p.Columns)
        {
            TensorView[] sums = [.. p.Rows.Select(m => k.Sbuf("sums", dtype, [m.Length, n.Length]))];
            foreach (var sum in sums) k.Issue(new Memset(sum, 0));
            var buffers = new Dictionary<(int, int), TensorView[]>();
            foreach (var blockK in Chunk.Each(p.K, BlockK))
            {
                var right = Load(k, p.Rhs[blockK, n], buffers, (-1, blockK.Index % Turns), "right", TileN);
                foreach (var blockM in Chunk.Each(p.M, BlockM))
                {
                    var place = (blockM.Index % 4, blockK.Index % Turns);
                    var left = Load(k, p.LhsT[blockK, blockM], buffers, place, "left", BlockM);
                    foreach (var m in Chunk.Each(blockM.Length, TileM))
                        AddProduct(k, left, right, sums[m.In(blockM).Start / TileM], m);
                }
            }

            foreach (var m in p.Rows) k.Issue(new DmaCopy(p.Y[m, n], sums[m.Index]));
        }
    }

    /// <inheritdoc/>
    public long? Macs(Sizes sizes) => MatmulProblem.Macs(sizes);

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data) => MatmulProblem.Reference(sizes, data);

    /// <summary>Brings a block into the buffers of its place, which are made when it is first used.</summary>
    private static TensorView[] Load(
        KernelBuilder k, TensorView block, Dictionary<(int, int), TensorView[]> buffers, (int, int) place, string name,
        int width)
    {
        if (!buffers.TryGetValue(place, out var tiles))
        {
            var slots = Enumerable.Range(0, BlockK / TileK);
            buffers.Add(place, tiles = [.. slots.Select(_ => k.Sbuf(name, block.DType, [TileK, width]))]);
        }

        return [.. Chunk.Each(block.Shape[0], TileK).Select(Tile)];

        TensorView Tile(Chunk t)
        {
            var tile = tiles[t.Index][..t.Length, ..block.Shape[1]];
            k.Issue(new DmaCopy(tile, block[t]));
            return tile;
        }
    }

    private static void AddProduct(KernelBuilder k, TensorView[] left, TensorView[] right, TensorView sum, Chunk m)
    {
        var bank = k.Psum("products", DType.Fp32, sum.Shape);
        var rounded = k.Sbuf("rounded", sum.DType, sum.Shape);
        for (var t = 0; t < left.Length; t++) k.Issue(new NcMatmul(bank, left[t][.., m], right[t], Accumulate: t > 0));
        k.Issue(new TensorCopy(rounded, bank), Engine.Vector);
        k.Issue(new TensorTensor(sum, sum, rounded, AluOp.Add), Engine.Vector);
    }
}
