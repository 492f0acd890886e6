namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>y = a + b, element by element.</summary>
[GraphOp("add", "a", "b")]
internal sealed class Add : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (a, b) = (call["a"], call["b"]);
        return call.Require(a == b, $"a is {a}, b is {b}, expected the same") ? a : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        for (var i = 0; i < values.Output.Length; i++) values.Output[i] = values["a"][i] + values["b"][i];
    }
}
