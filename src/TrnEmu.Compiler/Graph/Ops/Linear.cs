namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>y = activation(x[T,I] @ w[I,O] * scale + bias[O]) + residual[T,O]; the scale is that of fp8 factors.</summary>
[GraphOp("linear", "x", "w", "bias?", "residual?", Attributes = ["activation=copy", "dtype=same", "scale=1"])]
internal sealed class Linear : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (x, w) = (call["x"], call["w"]);
        var fits = call.Require(
            x.IsMatrix && w.IsMatrix && w.Rows == x.Columns, $"x is {x}, w is {w}, expected [T,I] and [I,O]")
            && call.Require(!call.Has("bias") || call["bias"].Shape == [w.Columns], $"bias is not [{w.Columns}]")
                & call.Require(!call.Has("residual") || call["residual"].Shape == [x.Rows, w.Columns],
                    $"residual is not [{x.Rows},{w.Columns}]")
                & call.Require(float.IsNormal((float)call.Number("scale")), $"scale is {call.Word("scale")}, expected an fp32 number")
                & Activations.Check(call, "activation")
                & call.RequireFloats("x", "w", "bias", "residual");
        return fits ? call.Result(x with { Shape = [x.Rows, w.Columns] }) : null;
    }

    /// <inheritdoc/>
    public long Macs(GraphCall call) => call["x"].Rows * call["w"].Elements;

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var (bias, scale) = (values.Find("bias"), (float)call.Number("scale"));
        var sums = Products.Multiply(values["x"], values["w"], call["x"].Columns);
        var activation = Activations.Find(call.Word("activation"))!;
        for (var i = 0; i < sums.Length; i++) sums[i] = activation(sums[i] * scale + (bias?[i % bias.Length] ?? 0));
        Products.Store(sums, values);
    }
}
