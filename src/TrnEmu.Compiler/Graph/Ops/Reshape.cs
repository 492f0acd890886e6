namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// The elements of x in their order under another shape. Nothing moves but where the result is put out.
/// </summary>
[GraphOp("reshape", "x", Attributes = ["shape="])]
internal sealed class Reshape : IGraphOp
{
    /// <inheritdoc/>
    public bool IsAlias => true;

    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        if (call.Integers("shape") is not { } shape) return null;
        var type = call["x"] with { Shape = [.. shape] };
        var fits = call.Require(
            Array.TrueForAll(shape, e => e >= 1) && type.Elements == call["x"].Elements,
            $"x is {call["x"]}, shape is {call.Word("shape")}: expected as many elements");
        return fits ? type : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values) => values["x"].CopyTo(values.Output, 0);
}
