namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>y = activation(x @ up + up_bias) @ down + down_bias + residual[T,D], with x[T,D], up[D,H],
/// down[H,D].</summary>
[GraphOp("gelu_mlp", "x", "up", "down", "up_bias?", "down_bias?", "residual?",
    Attributes = ["activation=gelu", "dtype=same"])]
internal sealed class GeluMlp : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (x, up, down) = (call["x"], call["up"], call["down"]);
        var fits = call.Require(
            x.IsMatrix && up.IsMatrix && up.Rows == x.Columns, $"x is {x}, up is {up}, expected [T,D] and [D,H]")
            && call.Require(down.Shape == [up.Columns, up.Rows], $"down is {down}, expected [{up.Columns},{up.Rows}]")
            && call.Require(
                !call.Has("up_bias") || call["up_bias"].Shape == [up.Columns], $"up_bias is not [{up.Columns}]")
                & call.Require(
                    !call.Has("down_bias") || call["down_bias"].Shape == [up.Rows], $"down_bias is not [{up.Rows}]")
                & call.Require(!call.Has("residual") || call["residual"].Shape == x.Shape,
                    $"residual is not [{x.Rows},{x.Columns}]")
                & Activations.Check(call, "activation")
                & call.RequireFloats("x", "up", "down", "up_bias", "down_bias", "residual");
        return fits ? call.Result(x) : null;
    }

    /// <inheritdoc/>
    public long Macs(GraphCall call) => 2 * call["x"].Rows * call["up"].Elements;

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var activation = Activations.Find(call.Word("activation"))!;
        var hidden = Products.Multiply(values["x"], values["up"], call["x"].Columns, values.Find("up_bias"));
        for (var i = 0; i < hidden.Length; i++) hidden[i] = activation(hidden[i]);
        var sums = Products.Multiply(hidden, values["down"], call["up"].Columns, values.Find("down_bias"));
        Products.Store(sums, values);
    }
}
