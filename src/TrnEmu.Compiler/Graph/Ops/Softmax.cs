using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// y = e^(x - m) / sum(e^(x - m)) along the last axis, m the maximum; with log=1 its logarithm. A row of nothing but
/// -inf, or with +inf, is NaN, as inf - inf is.
/// </summary>
[GraphOp("softmax", "x", Attributes = ["log=0"])]
internal sealed class Softmax : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var x = call["x"];
        var fits = call.Require(x.Shape.Count >= 1 && x.DType.IsFloat(), $"x is {x}, expected floats […,N]")
            & call.Require(call.Number("log") is 0 or 1, $"log is {call.Number("log")}, expected 0 or 1");
        return fits ? x : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var (x, y, width, isLog) = (values["x"], values.Output, call["x"].Columns, call.Number("log") == 1);
        for (var row = 0; row < x.Length; row += width)
        {
            double max = double.NegativeInfinity, sum = 0;
            for (var i = row; i < row + width; i++) max = Math.Max(max, x[i]);
            for (var i = row; i < row + width; i++) sum += Math.Exp(x[i] - max);
            for (var i = row; i < row + width; i++)
                y[i] = isLog ? x[i] - max - Math.Log(sum) : Math.Exp(x[i] - max) / sum;
        }
    }
}
