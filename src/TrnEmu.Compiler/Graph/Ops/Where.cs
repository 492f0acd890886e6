using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>Element by element x where c is not 0, else y. Extents of 1 repeat; values keep their
/// bits.</summary>
[GraphOp("where", "c", "x", "y")]
internal sealed class Where : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (c, x, y) = (call["c"], call["x"], call["y"]);
        var fits = call.Require(c.DType == DType.UInt8, $"c is {c}, expected uint8")
            & call.Require(x.DType == y.DType, $"x is {x}, y is {y}: expected one type");
        if (!fits) return null;
        var shape = Shape(c, x, y);
        if (!call.Require(shape is not null, $"c is {c}, x is {x}, y is {y}: extents must be equal or 1")) return null;
        return call.Require(Extents.Elements(shape) <= int.MaxValue, $"has more elements than the limit {int.MaxValue}")
            ? x with { Shape = [.. shape!] }
            : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var shape = Shape(call["c"], call["x"], call["y"])!;
        var (c, x, y) = (values["c"], values["x"], values["y"]);
        var at = Extents.Repeated(call["c"].Shape, shape);
        var (left, right) = (Extents.Repeated(call["x"].Shape, shape), Extents.Repeated(call["y"].Shape, shape));
        for (var i = 0; i < values.Output.Length; i++)
            values.Output[i] = c[at[i]] != 0 ? x[left[i]] : y[right[i]];
    }

    private static int[]? Shape(TensorType c, TensorType x, TensorType y) =>
        Extents.Common(c.Shape, x.Shape) is { } shape ? Extents.Common([.. shape], y.Shape) : null;
}
