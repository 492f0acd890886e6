using TrnEmu.Compiler.Quantisation;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// y[k, n] = w[k, n] * scale, for w[K, N] of narrow elements: fp32 scale[1] of all or scale[N] of each column, or uint8
/// scale[ceil(K / 32), N] of 32 rows each, the power 2^(scale - 127). With pairs=N, w[K, ceil(N / 2)] is uint8 and each
/// byte holds two fp4_e2m1, the lower column in the lower half.
/// </summary>
[GraphOp("dequantize", "w", "scale", Attributes = ["dtype=fp32", "pairs=0"])]
internal sealed class Dequantize : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (w, scale, pairs) = (call["w"], call["scale"], call.Count("pairs"));
        var columns = pairs > 0 ? pairs : w.IsMatrix ? w.Columns : 0;
        var blocks = w.IsMatrix ? (w.Rows + QuantisedMatrix.Block - 1) / QuantisedMatrix.Block : 0;
        var fits = call.Require(
                w.IsMatrix && w.DType.Size() == 1, $"w is {w}, expected a matrix of elements of one byte")
            && call.Require(pairs == 0 || (w.DType == DType.UInt8 && w.Columns == (pairs + 1) / 2),
                $"w is {w}, expected uint8 of {(pairs + 1) / 2} columns for {pairs} of fp4")
            && call.Require(
                scale.DType == DType.Fp32
                    ? scale.Shape == [1] || scale.Shape == [columns]
                    : scale.DType == DType.UInt8 && scale.Shape == [blocks, columns],
                $"scale is {scale}, expected fp32[1], fp32[{columns}] or uint8[{blocks},{columns}]");
        return fits ? call.Result(w with { DType = DType.Fp32, Shape = [w.Rows, columns] }) : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var (w, scale, y, pairs) = (values["w"], values["scale"], values.Output, call.Count("pairs"));
        var columns = pairs > 0 ? pairs : call["w"].Columns;
        var isMicro = call["scale"].DType == DType.UInt8;
        for (var i = 0; i < y.Length; i++)
        {
            var (row, column) = Math.DivRem(i, columns);
            var value = pairs > 0 ? Fp4Pair.Value((int)w[row * call["w"].Columns + column / 2], column % 2) : w[i];
            y[i] = value * (isMicro
                ? Math.ScaleB(1, (int)scale[row / QuantisedMatrix.Block * columns + column] - 127)
                : scale[column % scale.Length]);
        }
    }
}
