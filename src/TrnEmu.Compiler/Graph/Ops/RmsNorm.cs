namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>y = x / sqrt(mean(x^2) + epsilon) * weight along each row of x[T,D].</summary>
[GraphOp("rms_norm", "x", "weight", Attributes = ["epsilon=1e-05", "dtype=same"])]
internal sealed class RmsNorm : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (x, weight) = (call["x"], call["weight"]);
        var fits = call.Require(x.IsMatrix, $"x is {x}, expected [T,D]")
            & call.Require(weight.Shape == [x.Columns], $"weight is {weight}, expected [{x.Columns}]")
            & call.Require(call.Number("epsilon") >= 0, $"epsilon is {call.Number("epsilon")}, expected 0 or more")
            & call.RequireFloats("x", "weight");
        return fits ? call.Result(x) : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var (x, weight, y, width) = (values["x"], values["weight"], values.Output, call["x"].Columns);
        for (var row = 0; row < x.Length; row += width)
        {
            double squares = 0;
            for (var i = 0; i < width; i++) squares += x[row + i] * x[row + i];
            var scale = 1 / Math.Sqrt(squares / width + call.Number("epsilon"));
            for (var i = 0; i < width; i++) y[row + i] = x[row + i] * scale * weight[i];
        }
    }
}
