namespace TrnEmu.Kernels.MemoryStream;

/// <summary>
/// Everything that lies in HBM streams past Vector once, in tiles of 128 rows: a reduction widens a tile to fp32 and
/// adds it up along its rows in one pass, into a column of its own, so that Vector never waits for itself. Every 512
/// columns are added up. What bounds it is DMA.
/// </summary>
[Kernel("memory_read", Summary = "y[p] = sum of x[128 t + p, n] over t and n")]
public sealed class MemoryRead : IKernel
{
    private const int Columns = 512;

    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } = [new("M", 512, "rows"), new("N", 2048, "columns")];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("bf16", DType.Bf16),
        new("ragged", DType.Fp32, ("M", 300), ("N", 77)),
        new("few", DType.Bf16, ("M", 5), ("N", 1)),
        new("groups", DType.Fp32, ("M", 65700), ("N", 2)),
    ];

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var (rows, columns) = (sizes["M"], sizes["N"]);
        var height = Math.Min(rows, Limits.Partitions);
        var x = k.Input("x", dtype, [rows, columns]);
        var y = k.Output("y", DType.Fp32, [height, 1]);
        var total = k.Sbuf("total", DType.Fp32, [height, 1]);
        k.Issue(new Memset(total, 0), Engine.Vector);
        foreach (var part in Chunk.Each(rows, Columns * Limits.Partitions))
        {
            Chunk[] tiles = [.. Chunk.Each(part.Length, Limits.Partitions)];
            var sums = k.Sbuf("sums", DType.Fp32, [height, tiles.Length]);
            if (tiles[^1].Length < height) k.Issue(new Memset(sums, 0), Engine.Vector);
            foreach (var m in tiles)
            {
                var tile = k.Sbuf("tile", dtype, [m.Length, columns]);
                k.Issue(new DmaCopy(tile, x[m.In(part)]));
                k.Issue(new TensorReduce(sums[..m.Length, m.Index..(m.Index + 1)], AluOp.Add, tile, Axis: [-1]),
                    Engine.Vector);
            }

            var sum = k.Sbuf("sum", DType.Fp32, [height, 1]);
            k.Issue(new TensorReduce(sum, AluOp.Add, sums, Axis: [-1]), Engine.Vector);
            k.Issue(new TensorTensor(total, total, sum, AluOp.Add), Engine.Vector);
        }

        k.Issue(new DmaCopy(y, total));
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data)
    {
        var (columns, x, y) = (sizes["N"], data["x"], data["y"]);
        for (var i = 0; i < x.Length; i++) y[i / columns % Limits.Partitions] += x[i];
    }
}
