namespace TrnEmu.Kernels.Softmax;

/// <summary>
/// One row on each partition. Vector finds -max; Scalar computes e^(x - max) and its sum in one pass; Vector multiplies
/// by the reciprocal of the sum. Exponentials stay in fp32 until then.
/// </summary>
[Kernel("softmax", Summary = "y[M,N] = exp(x - max(x)) / sum(exp(x - max(x))) along N")]
public sealed class Softmax : IKernel
{
    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } =
        [new("M", 512, "rows"), new("N", 1024, "columns, each row at once in SBUF")];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("bf16", DType.Bf16),
        new("ragged", DType.Fp32, ("M", 200), ("N", 1000)),
        new("one_column", DType.Fp16, ("M", 130), ("N", 1)),
    ];

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var (rows, columns) = (sizes["M"], sizes["N"]);
        var x = k.Input("x", dtype, [rows, columns]);
        var y = k.Output("y", dtype, [rows, columns]);
        foreach (var m in Chunk.Each(rows, Limits.Partitions))
        {
            var tile = k.Sbuf("tile", dtype, [m.Length, columns]);
            var negativeMax = k.Sbuf("negative_max", DType.Fp32, [m.Length, 1]);
            var exponentials = k.Sbuf("exponentials", DType.Fp32, [m.Length, columns]);
            var sum = k.Sbuf("sum", DType.Fp32, [m.Length, 1]);
            var scale = k.Sbuf("scale", DType.Fp32, [m.Length, 1]);
            var result = k.Sbuf("result", dtype, [m.Length, columns]);

            k.Issue(new DmaCopy(tile, x[m]));
            k.Issue(new TensorReduce(negativeMax, AluOp.Maximum, tile, Axis: [-1], Negate: true));
            k.Issue(new ActivationReduce(exponentials, ActivationFunction.Exp, tile, AluOp.Add, sum, Bias: negativeMax));
            k.Issue(new Reciprocal(scale, sum));
            k.Issue(new TensorScalar(result, exponentials, AluOp.Multiply, scale));
            k.Issue(new DmaCopy(y[m], result));
        }
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data)
    {
        var (x, y) = (data["x"], data["y"]);
        var columns = sizes["N"];
        for (var row = 0; row < x.Length; row += columns)
        {
            double max = double.NegativeInfinity, sum = 0;
            for (var n = 0; n < columns; n++) max = Math.Max(max, x[row + n]);
            for (var n = 0; n < columns; n++) sum += y[row + n] = Math.Exp(x[row + n] - max);
            for (var n = 0; n < columns; n++) y[row + n] /= sum;
        }
    }
}
