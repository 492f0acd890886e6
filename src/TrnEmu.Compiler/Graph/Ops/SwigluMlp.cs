namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>y = (silu(x @ gate) * (x @ up)) @ down + residual[T,D], with x[T,D], gate and up [D,H],
/// down[H,D].</summary>
[GraphOp("swiglu_mlp", "x", "gate", "up", "down", "residual?", Attributes = ["dtype=same"])]
internal sealed class SwigluMlp : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (x, gate, up, down) = (call["x"], call["gate"], call["up"], call["down"]);
        return call.Require(x.IsMatrix && gate.IsMatrix && gate.Rows == x.Columns,
            $"x is {x}, gate is {gate}, expected [T,D] and [D,H]")
            && call.Require(up.Shape == gate.Shape, $"up is {up}, expected the shape of gate, which is {gate}")
            && call.Require(
                down.Shape == [gate.Columns, gate.Rows], $"down is {down}, expected [{gate.Columns},{gate.Rows}]")
            && call.Require(
                !call.Has("residual") || call["residual"].Shape == x.Shape, $"residual is not [{x.Rows},{x.Columns}]")
            && call.RequireFloats("x", "gate", "up", "down", "residual")
                ? call.Result(x)
                : null;
    }

    /// <inheritdoc/>
    public long Macs(GraphCall call) => 3 * call["x"].Rows * call["gate"].Elements;

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var (width, silu) = (call["x"].Columns, Activations.Find("silu")!);
        var hidden = Products.Multiply(values["x"], values["gate"], width);
        var up = Products.Multiply(values["x"], values["up"], width);
        for (var i = 0; i < hidden.Length; i++) hidden[i] = silu(hidden[i]) * up[i];
        var sums = Products.Multiply(hidden, values["down"], call["gate"].Columns);
        Products.Store(sums, values);
    }
}
