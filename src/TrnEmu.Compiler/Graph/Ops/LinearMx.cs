using TrnEmu.Compiler.Quantisation;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// y = activation(mx(x[T,I]) @ w + bias[O]) + residual[T,O] on chips that multiply microscaled matrices. mx is
/// <see cref="Microscaled"/>, by the rule of the run's quantize_mx. w is packed as nc_matmul_mx reads it: row r,
/// columns 4 o to 4 o + 3, are w[4 r, o] to w[4 r + 3, o], fp8_e4m3fn [P, 4 O], or uint8 [P, 2 O] of two fp4_e2m1 each;
/// P is ceil(I / 128) * 32, what is beyond I counts nothing. scale is uint8 [P / 8, O], 2^(scale - 127) for 32 rows
/// each.
/// </summary>
[GraphOp("linear_mx", "x", "w", "scale", "bias?", "residual?",
    Attributes = ["activation=copy", "dtype=same", "rule=chip"])]
internal sealed class LinearMx : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (x, w, scale) = (call["x"], call["w"], call["scale"]);
        if (!call.Require(
            x.IsMatrix && x.DType is (DType.Fp32 or DType.Bf16 or DType.Fp16),
            $"x is {x}, expected [T,I] of fp32, bf16 or fp16")
            || !call.Require(
                scale.IsMatrix && scale.DType == DType.UInt8, $"scale is {scale}, expected a matrix of uint8"))
            return null;
        var (rows, columns) = (MxPacking.Rows(x.Columns), scale.Columns);
        var fits = call.Require(
                w.DType is DType.Fp8E4M3Fn or DType.UInt8
                    && w.Shape == [rows, columns * (w.DType == DType.UInt8 ? 2 : 4)],
                $"w is {w}, expected fp8_e4m3fn[{rows},{4L * columns}] or uint8[{rows},{2L * columns}]")
            & call.Require(scale.Rows == rows / 8, $"scale is {scale}, expected {rows / 8} rows for x {x}")
            & call.Require(!call.Has("bias") || call["bias"].Shape == [columns], $"bias is not [{columns}]")
            & call.Require(!call.Has("residual") || call["residual"].Shape == [x.Rows, columns],
                $"residual is not [{x.Rows},{columns}]")
            & call.Require(call.Word("rule") is "chip" or "ocp", $"rule is {call.Word("rule")}, expected chip or ocp")
            & Activations.Check(call, "activation");
        return fits ? call.Result(x with { Shape = [x.Rows, columns] }) : null;
    }

    /// <inheritdoc/>
    public long Macs(GraphCall call) => call["x"].Elements * call["scale"].Columns;

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var rule = call.Word("rule") == "ocp" ? MxScaleRule.Ocp : MxScaleRule.Chip;
        var x = Microscaled.Rows(values["x"], call["x"].Columns, call["x"].DType, rule);
        var sums = Products.Multiply(x, Weights(call, values), call["x"].Columns, values.Find("bias"));
        var activation = Activations.Find(call.Word("activation"))!;
        for (var i = 0; i < sums.Length; i++) sums[i] = activation(sums[i]);
        Products.Store(sums, values);
    }

    private static double[] Weights(GraphCall call, NodeValues values)
    {
        var (w, scale, columns) = (values["w"], values["scale"], call["scale"].Columns);
        var arePairs = call["w"].DType == DType.UInt8;
        var result = new double[call["x"].Columns * columns];
        for (var i = 0; i < result.Length; i++)
        {
            var (row, column) = Math.DivRem(i, columns);
            var place = (row / 4 * columns + column) * 4 + row % 4;
            var element = arePairs ? Fp4Pair.Value((int)w[place / 2], place % 2) : w[place];
            result[i] = Math.ScaleB(element, (int)scale[row / QuantisedMatrix.Block * columns + column] - 127);
        }

        return result;
    }
}
