namespace TrnEmu.Kernels.TwoCoreSum;

/// <summary>
/// Two cores that share an HBM sum over rows together. Each adds up half of the rows and sends its partial sum to the
/// other (sendrecv); both then have the whole sum and each scales half of the columns of it into the shared result.
/// After a barrier core 0 copies the result out: it must see what core 1 wrote.
/// </summary>
[Kernel("two_core_sum", Summary = "y[1,N] = sum over rows of x[M,N], by two cores", MinGeneration = 3)]
public sealed class TwoCoreSum : IKernel
{
    private const int Cores = 2;

    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } =
        [
        new("M", 256, "rows, half on each core", Cores, Cores * Limits.Partitions),
        new("N", 512, "columns, in one PSUM bank", Cores, 512),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("fp32", DType.Fp32),
        new("ragged", DType.Bf16, ("M", 7), ("N", 11)),
    ];

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var (rows, columns) = (sizes["M"], sizes["N"]);
        var x = k.Input("x", dtype, [rows, columns]);
        var y = k.Output("y", DType.Fp32, [1, columns]);
        var shared = k.Hbm("shared", DType.Fp32, [1, columns]);
        k.EachCore(Cores, core =>
        {
            var (m, n, other) = (Half(rows, core), Half(columns, core), 1 - core);
            var tile = k.Sbuf("tile", dtype, [m.Length, columns]);
            var ones = k.Sbuf("ones", dtype, [m.Length, 1]);
            var sum = k.Psum("sum", DType.Fp32, [1, columns]);
            var own = k.Sbuf("own", DType.Fp32, [1, columns]);
            var received = k.Sbuf("received", DType.Fp32, [1, columns]);
            var total = k.Sbuf("total", DType.Fp32, [1, columns]);

            k.Issue(new DmaCopy(tile, x[m]));
            k.Issue(new Memset(ones, 1));
            k.Issue(new NcMatmul(sum, ones, tile));
            k.Issue(new TensorCopy(own, sum));
            k.Issue(new SendRecv(own, received, SendToRank: other, RecvFromRank: other, PipeId: 0));

            // Both add in the same order, so that both have the same bits.
            var (first, second) = core == 0 ? (own, received) : (received, own);
            k.Issue(new TensorTensor(total, first, second, AluOp.Add));
            k.Issue(new DmaCopy(shared[.., n], total[.., n]));
            k.Issue(new CoreBarrier(shared, [0, 1]));
            if (core == 0) k.Issue(new DmaCopy(y, shared));
        });
    }

    private static Chunk Half(int extent, int core) => Chunk.Each(extent, (extent + Cores - 1) / Cores).ElementAt(core);

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data)
    {
        var (x, y) = (data["x"], data["y"]);
        for (var i = 0; i < x.Length; i++) y[i % sizes["N"]] += x[i];
    }
}
