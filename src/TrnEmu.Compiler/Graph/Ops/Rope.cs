namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// Rotates neighbours (x[2i], x[2i+1]) of each head by the angle whose cosine and sine stand in row position + t of
/// cos[S,hd/2] and sin[S,hd/2], column i; x[T, heads * hd].
/// </summary>
[GraphOp("rope", "x", "cos", "sin", "position", Attributes = ["heads=", "dtype=same"])]
internal sealed class Rope : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (x, cos, heads) = (call["x"], call["cos"], call.Count("heads"));
        var fits = call.Require(x.IsMatrix, $"x is {x}, expected [T, heads * hd]")
            && call.Require(heads > 0 && x.Columns % (2 * (long)heads) == 0,
                $"x is {x}, heads is {call.Word("heads")}: heads must have the same even size")
            && call.Require(cos.IsMatrix && cos.Columns == x.Columns / heads / 2,
                $"cos is {cos}, expected [S,{x.Columns / heads / 2}]")
            && call.Require(call["sin"] == cos, $"sin is {call["sin"]}, cos is {cos}, expected the same")
            && Positions.Check(call)
            & call.RequireFloats("x", "cos", "sin");
        return fits ? call.Result(x) : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var (x, cos, sin, y) = (values["x"], values["cos"], values["sin"], values.Output);
        var (width, half) = (call["x"].Columns, call["cos"].Columns);
        for (var i = 0; i < x.Length; i += 2)
        {
            var angle = ((int)values["position"][0] + i / width) * half + i / 2 % half;
            y[i] = x[i] * cos[angle] - x[i + 1] * sin[angle];
            y[i + 1] = x[i] * sin[angle] + x[i + 1] * cos[angle];
        }
    }
}
