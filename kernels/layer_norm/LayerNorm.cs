using TrnEmu.Kernels.Linear;

namespace TrnEmu.Kernels.LayerNorm;

/// <summary>
/// One row on each partition. Vector finds the mean; Scalar squares the distances from it and sums them in one pass, so
/// that nothing cancels; Vector applies mean and gamma, then deviation and beta, a pass each. Statistics are fp32.
/// </summary>
[Kernel("layer_norm", Summary = "y[T,D] = (x - mean(x)) * rsqrt(variance(x) + 1e-5) * gamma[D] + beta[D], along D")]
public sealed class LayerNorm : IKernel
{
    private const float Epsilon = 1e-5f;

    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } =
        [new("T", 128, "rows"), new("D", 512, "columns, each row at once in SBUF", Minimum: 2)];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("bf16", DType.Bf16),
        new("decode", DType.Fp32, ("T", 1), ("D", 64)),
        new("ragged", DType.Fp32, ("T", 131), ("D", 1000)),
    ];

    /// <summary>Records y = (x - mean) / sqrt(variance + epsilon) gamma + beta; the variance divides by D.</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[T, D] in HBM.</param>
    /// <param name="x">[T, D] in HBM.</param>
    /// <param name="gamma">[D] or [1, D] in HBM.</param>
    /// <param name="beta">[D] or [1, D] in HBM.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static void Emit(
        KernelBuilder k, TensorView y, TensorView x, TensorView gamma, TensorView beta, float epsilon)
    {
        foreach (var t in Chunk.Each(x.Shape[0], Limits.Partitions)) EmitRows(k, y[t], x[t], gamma, beta, epsilon);
    }

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var x = k.Input("x", dtype, [sizes["T"], sizes["D"]]);
        var gamma = k.Input("gamma", dtype, [sizes["D"]]);
        var beta = k.Input("beta", dtype, [sizes["D"]]);
        Emit(k, k.Output("y", dtype, [sizes["T"], sizes["D"]]), x, gamma, beta, Epsilon);
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data)
    {
        var (x, gamma, beta, y) = (data["x"], data["gamma"], data["beta"], data["y"]);
        var columns = sizes["D"];
        for (var row = 0; row < x.Length; row += columns)
        {
            double mean = 0, variance = 0;
            for (var d = 0; d < columns; d++) mean += x[row + d] / columns;
            for (var d = 0; d < columns; d++) variance += (x[row + d] - mean) * (x[row + d] - mean) / columns;
            var deviation = Math.Sqrt(variance + Epsilon);
            for (var d = 0; d < columns; d++) y[row + d] = (x[row + d] - mean) / deviation * gamma[d] + beta[d];
        }
    }

    private static void EmitRows(
        KernelBuilder k, TensorView y, TensorView x, TensorView gamma, TensorView beta, float epsilon)
    {
        int[] rows = [x.Shape[0], x.Shape[1]], column = [x.Shape[0], 1];
        var tile = k.Sbuf("tile", x.DType, rows);
        var factors = k.Sbuf("factors", gamma.DType, rows);
        var shifts = k.Sbuf("shifts", beta.DType, rows);
        var squares = k.Sbuf("squares", DType.Fp32, rows);
        var scaled = k.Sbuf("scaled", DType.Fp32, rows);
        var result = k.Sbuf("result", y.DType, rows);
        var negativeSum = k.Sbuf("negative_sum", DType.Fp32, column);
        var negativeMean = k.Sbuf("negative_mean", DType.Fp32, column);
        var distances = k.Sbuf("distances", DType.Fp32, column);
        var added = k.Sbuf("epsilon", DType.Fp32, column);
        var share = k.Sbuf("share", DType.Fp32, column);

        k.Issue(new DmaCopy(tile, x));
        k.Issue(new DmaCopy(factors, Epilogue.OnEachRow(gamma, rows[0])));
        k.Issue(new DmaCopy(shifts, Epilogue.OnEachRow(beta, rows[0])));
        k.Issue(new Memset(added, epsilon));
        k.Issue(new TensorReduce(negativeSum, AluOp.Add, tile, Axis: [-1], Negate: true));
        k.Issue(new TensorScalar(negativeMean, negativeSum, AluOp.Multiply, 1f / rows[1]));
        k.Issue(new ActivationReduce(squares, ActivationFunction.Square, tile, AluOp.Add, distances, negativeMean));
        k.Issue(new Activation(share, ActivationFunction.Rsqrt, distances, Bias: added, Scale: 1f / rows[1]));
        k.Issue(new ScalarTensorTensor(scaled, tile, AluOp.Add, negativeMean, AluOp.Multiply, factors));
        k.Issue(new ScalarTensorTensor(result, scaled, AluOp.Multiply, share, AluOp.Add, shifts));
        k.Issue(new DmaCopy(y, result));
    }
}
