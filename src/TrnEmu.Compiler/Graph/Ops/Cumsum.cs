using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// y[i] = x[0] + … + x[i] along the last axis; exclusive=1 leaves x[i] itself out, reverse=1 sums from the end.
/// Integers are exact modulo 2^bits.
/// </summary>
[GraphOp("cumsum", "x", Attributes = ["exclusive=0", "reverse=0"])]
internal sealed class Cumsum : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var x = call["x"];
        var fits = call.Require(x.Shape.Count >= 1 && x.DType.IsArithmetic(), $"x is {x}, expected numbers […,N]")
            & call.Require(
                call.Number("exclusive") is 0 or 1, $"exclusive is {call.Number("exclusive")}, expected 0 or 1")
            & call.Require(call.Number("reverse") is 0 or 1, $"reverse is {call.Number("reverse")}, expected 0 or 1");
        return fits ? x : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var (x, y, dtype, width) = (values["x"], values.Output, call["x"].DType, call["x"].Columns);
        var (isExclusive, isReverse) = (call.Number("exclusive") == 1, call.Number("reverse") == 1);
        var add = ReduceFunction.All["sum"];
        for (var row = 0; row < x.Length; row += width)
        {
            var sum = 0.0;
            for (var j = 0; j < width; j++)
            {
                var i = isReverse ? row + width - 1 - j : row + j;
                var next = add.Join(dtype, sum, x[i]);
                y[i] = isExclusive ? sum : next;
                sum = next;
            }
        }
    }
}
