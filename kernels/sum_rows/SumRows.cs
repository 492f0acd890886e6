namespace TrnEmu.Kernels.SumRows;

/// <summary>
/// Adds the first rows of a table. How many is data: a register holds it, and a loop on the device runs as often. The
/// program is the same for any number of rows.
/// </summary>
[Kernel("sum_rows", Summary = "y[1,N] = x[0,N] + x[1,N] + … + x[R-1,N]; R is data")]
public sealed class SumRows : IKernel
{
    private const int Columns = 2048;

    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } =
    [
        new("R", 40, "rows that are added", Minimum: 0),
        new("E", 24, "rows behind them", Minimum: 0),
        new("N", 512, "columns"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("bf16", DType.Bf16),
        new("none", DType.Fp32, ("R", 0), ("N", 33)),
        new("wide", DType.Fp16, ("R", 7), ("E", 0), ("N", 5000)),
    ];

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var (rows, columns) = (sizes["R"], sizes["N"]);
        var x = k.Input("x", dtype, [Math.Max(1, rows + sizes["E"]), columns]);
        var y = k.Output("y", dtype, [1, columns]);
        var count = k.NewRegister();
        k.Issue(new RegisterLoad(count, Number(k, rows)));
        foreach (var n in Chunk.Each(columns, Columns))
        {
            var sum = k.Sbuf("sum", DType.Fp32, [1, n.Length]);
            k.Issue(new Memset(sum, 0));
            k.Loop(0, count, 1, i =>
            {
                var row = k.Sbuf("row", dtype, [1, n.Length]);
                k.Issue(new DmaCopy(row, x[.., n].At(i, dimension: 0)));
                k.Issue(new TensorTensor(sum, sum, row, AluOp.Add));
            });
            k.Issue(new DmaCopy(y[.., n], sum));
        }
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data)
    {
        var (x, y) = (data["x"], data["y"]);
        for (var i = 0; i < sizes["R"] * y.Length; i++) y[i % y.Length] += x[i];
    }

    /// <summary>An int32 [1, 1] in HBM that holds a number: the last of 0, 1, …</summary>
    private static TensorView Number(KernelBuilder k, int number) =>
        k.Input("rows", DType.Int32, [number + 1, 1], new TensorContent(ContentKind.Iota))[number..];
}
