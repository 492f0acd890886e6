using TrnEmu.Kernels.Linear;

namespace TrnEmu.Kernels.RmsNorm;

/// <summary>
/// One row on each partition. Scalar squares and sums in one pass, then takes the root of the mean; Vector multiplies
/// by both factors in one pass. Statistics are fp32.
/// </summary>
[Kernel("rms_norm", Summary = "y[T,D] = x * rsqrt(mean(x^2) + 1e-5) * weight[D], mean along D")]
public sealed class RmsNorm : IKernel
{
    private const float Epsilon = 1e-5f;

    /// <inheritdoc/>
    public IReadOnlyList<Dimension> Dimensions { get; } =
        [new("T", 128, "rows"), new("D", 512, "columns, each row at once in SBUF")];

    /// <inheritdoc/>
    public IReadOnlyList<KernelCase> Cases { get; } =
    [
        new("bf16", DType.Bf16),
        new("decode", DType.Fp32, ("T", 1), ("D", 64)),
        new("ragged", DType.Fp32, ("T", 131), ("D", 1000)),
    ];

    /// <summary>Records y = x rsqrt(mean(x^2) + epsilon) weight.</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[T, D] in HBM.</param>
    /// <param name="x">[T, D] in HBM.</param>
    /// <param name="weight">[D] or [1, D] in HBM; null multiplies by nothing.</param>
    /// <param name="epsilon">Added to the mean.</param>
    public static void Emit(KernelBuilder k, TensorView y, TensorView x, TensorView? weight, float epsilon)
    {
        foreach (var t in Chunk.Each(x.Shape[0], Limits.Partitions)) EmitRows(k, y[t], x[t], weight, epsilon);
    }

    /// <inheritdoc/>
    public void Build(KernelBuilder k, Sizes sizes, DType dtype)
    {
        var x = k.Input("x", dtype, [sizes["T"], sizes["D"]]);
        var weight = k.Input("weight", dtype, [sizes["D"]]);
        Emit(k, k.Output("y", dtype, [sizes["T"], sizes["D"]]), x, weight, Epsilon);
    }

    /// <inheritdoc/>
    public void Reference(Sizes sizes, ReferenceData data)
    {
        var (x, weight, y) = (data["x"], data["weight"], data["y"]);
        var columns = sizes["D"];
        for (var row = 0; row < x.Length; row += columns)
        {
            double squares = 0;
            for (var d = 0; d < columns; d++) squares += x[row + d] * x[row + d];
            var root = Math.Sqrt(squares / columns + Epsilon);
            for (var d = 0; d < columns; d++) y[row + d] = x[row + d] / root * weight[d];
        }
    }

    private static void EmitRows(KernelBuilder k, TensorView y, TensorView x, TensorView? weight, float epsilon)
    {
        var (rows, columns) = (x.Shape[0], x.Shape[1]);
        var tile = k.Sbuf("tile", x.DType, [rows, columns]);
        var squares = k.Sbuf("squares", DType.Fp32, [rows, columns]);
        var sum = k.Sbuf("sum", DType.Fp32, [rows, 1]);
        var added = k.Sbuf("epsilon", DType.Fp32, [rows, 1]);
        var scale = k.Sbuf("scale", DType.Fp32, [rows, 1]);
        var result = k.Sbuf("result", y.DType, [rows, columns]);

        k.Issue(new DmaCopy(tile, x));
        k.Issue(new ActivationReduce(squares, ActivationFunction.Square, tile, AluOp.Add, sum));
        k.Issue(new Memset(added, epsilon));
        k.Issue(new Activation(scale, ActivationFunction.Rsqrt, sum, Bias: added, Scale: 1f / columns));
        if (weight is null)
        {
            k.Issue(new TensorScalar(result, tile, AluOp.Multiply, scale));
        }
        else
        {
            var factors = k.Sbuf("factors", weight.DType, [rows, columns]);
            k.Issue(new DmaCopy(factors, Epilogue.OnEachRow(weight, rows)));
            k.Issue(new ScalarTensorTensor(result, tile, AluOp.Multiply, scale, AluOp.Multiply, factors));
        }

        k.Issue(new DmaCopy(y, result));
    }
}
