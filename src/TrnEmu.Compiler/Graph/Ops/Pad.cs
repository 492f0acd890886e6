using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// x with before[d] and after[d] elements of one value around it in each dimension. The value is a number, rounded to
/// the type of x, inf or -inf.
/// </summary>
[GraphOp("pad", "x", Attributes = ["before=", "after=", "value="])]
internal sealed class Pad : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        if (call.Integers("before") is not { } before || call.Integers("after") is not { } after) return null;
        var x = call["x"];
        var fits = call.Require(
            before.Length == x.Shape.Count && after.Length == x.Shape.Count && before.Concat(after).All(n => n >= 0),
            $"x is {x}, before is {call.Word("before")}, after is {call.Word("after")}: expected 0 or more for each extent")
            && call.Require(
                !double.IsNaN(Value(call)),
                $"value is {call.Word("value")}, expected inf, -inf or a number, which {x.DType.Name()} holds");
        if (!fits) return null;
        var shape = x.Shape.Select((e, d) => (long)e + before[d] + after[d]).ToArray();
        return call.Require(
            shape.Aggregate(1.0, (n, e) => n * e) <= int.MaxValue, $"has more elements than the limit {int.MaxValue}")
            ? x with { Shape = [.. shape.Select(e => (int)e)] }
            : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var x = call["x"];
        var (before, after) = (call.Integers("before")!, call.Integers("after")!);
        var strides = Extents.Strides([.. x.Shape.Select((e, d) => e + before[d] + after[d])]);
        var places = Extents.Places([.. x.Shape], strides, before.Select((n, d) => n * strides[d]).Sum());
        Array.Fill(values.Output, Value(call));
        for (var i = 0; i < places.Length; i++) values.Output[places[i]] = values["x"][i];
    }

    /// <summary>The value as the type of x holds it; NaN where it holds none of that kind.</summary>
    private static double Value(GraphCall call)
    {
        var (value, dtype) = (call.Extended("value"), call["x"].DType);
        if (dtype.IsFloat()) return Conversions.Round(dtype, (float)value);
        return double.IsInteger(value) && Wrapping.Wrap(dtype, (long)value) == value ? value : double.NaN;
    }
}
