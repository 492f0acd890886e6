using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// The k largest elements along the last axis, largest first, or with largest=0 the smallest; with output=indices their
/// places. Of equal elements the first comes first; NaN counts as +inf.
/// </summary>
[GraphOp("topk", "x", Attributes = ["k=", "largest=1", "output=values"])]
internal sealed class TopK : IGraphOp
{
    /// <summary>Elements that are ranked at once.</summary>
    public const int LongestList = 4096;

    /// <summary>What may be asked of longer rows: that many stay beside the next elements.</summary>
    public const int MostOfLongRows = 2048;

    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (x, k, output) = (call["x"], call.Count("k"), call.Word("output"));
        var fits = call.Require(x.Shape.Count >= 1 && x.DType.IsArithmetic(), $"x is {x}, expected numbers […,N]")
            && call.Require(k >= 1 && k <= x.Columns, $"k is {call.Word("k")}, expected 1 to {x.Columns}")
            & call.Require(
                x.Columns <= LongestList || k <= MostOfLongRows,
                $"k is {k}, limit {MostOfLongRows} of rows of more than {LongestList} elements: x is {x}")
            & call.Require(call.Number("largest") is 0 or 1, $"largest is {call.Number("largest")}, expected 0 or 1")
            & call.Require(output is "values" or "indices", $"output is {output}, expected values or indices");
        if (!fits) return null;
        EquatableArray<int> shape = [.. x.Shape.Take(x.Shape.Count - 1), k];
        return new TensorType(output == "values" ? x.DType : DType.Int32, shape);
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var (x, y, width, k) = (values["x"], values.Output, call["x"].Columns, call.Count("k"));
        var (sign, isValues) = (call.Number("largest") == 1 ? -1 : 1, call.Word("output") == "values");
        for (var row = 0; row * k < y.Length; row++)
        {
            // OrderBy is stable: equal elements stay in their order.
            var order = Enumerable.Range(0, width).OrderBy(i => sign * Key(x[row * width + i])).Take(k).ToArray();
            for (var j = 0; j < k; j++) y[row * k + j] = isValues ? x[row * width + order[j]] : order[j];
        }
    }

    private static double Key(double value) => double.IsNaN(value) ? double.PositiveInfinity : value;
}
