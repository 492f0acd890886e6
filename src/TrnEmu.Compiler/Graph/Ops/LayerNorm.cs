namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>y = (x - mean(x)) / sqrt(var(x) + epsilon) * gamma + beta along each row of x[T,D].</summary>
[GraphOp("layer_norm", "x", "gamma", "beta", Attributes = ["epsilon=1e-05", "dtype=same"])]
internal sealed class LayerNorm : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var x = call["x"];
        var fits = call.Require(x.IsMatrix, $"x is {x}, expected [T,D]")
            & call.Require(call["gamma"].Shape == [x.Columns], $"gamma is {call["gamma"]}, expected [{x.Columns}]")
            & call.Require(call["beta"].Shape == [x.Columns], $"beta is {call["beta"]}, expected [{x.Columns}]")
            & call.Require(call.Number("epsilon") >= 0, $"epsilon is {call.Number("epsilon")}, expected 0 or more")
            & call.RequireFloats("x", "gamma", "beta");
        return fits ? call.Result(x) : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var (x, gamma, beta, y, width) = (
            values["x"], values["gamma"], values["beta"], values.Output, call["x"].Columns);
        for (var row = 0; row < x.Length; row += width)
        {
            double mean = 0, variance = 0;
            for (var i = 0; i < width; i++) mean += x[row + i] / width;
            for (var i = 0; i < width; i++) variance += (x[row + i] - mean) * (x[row + i] - mean) / width;
            var scale = 1 / Math.Sqrt(variance + call.Number("epsilon"));
            for (var i = 0; i < width; i++) y[row + i] = (x[row + i] - mean) * scale * gamma[i] + beta[i];
        }
    }
}
