namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>The operands one after the other along an axis; their other extents are equal.</summary>
[GraphOp("concat", "xs*", Attributes = ["axis="])]
internal sealed class Concat : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (types, axis) = (call.Types, call.Extended("axis"));
        var first = types[0];
        var rank = first.Shape.Count;
        if (!call.Require(
            double.IsInteger(axis) && axis >= 0 && axis < rank,
            $"axis is {axis}, expected 0 to {rank - 1} for {first}"))
            return null;
        var at = (int)axis;
        foreach (var type in types)
        {
            var fits = type.DType == first.DType && type.Shape.Count == rank
                && Enumerable.Range(0, rank).All(d => d == at || type.Shape[d] == first.Shape[d]);
            if (!call.Require(fits, $"has operands {first} and {type}, expected the same but along axis {at}"))
                return null;
        }

        int[] shape = [.. first.Shape];
        var length = types.Sum(t => (long)t.Shape[at]);
        shape[at] = (int)Math.Min(length, int.MaxValue);
        return call.Require(Extents.Elements(shape) <= int.MaxValue, $"has more elements than the limit {int.MaxValue}")
            ? first with { Shape = [.. shape] }
            : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var axis = (int)call.Number("axis");
        var types = call.Types;
        var inner = types[0].Shape.Skip(axis + 1).Aggregate(1, (n, e) => n * e);
        var row = types.Sum(t => t.Shape[axis]) * inner;
        var start = 0;
        foreach (var (x, type) in values.All.Zip(types))
        {
            var run = type.Shape[axis] * inner;
            for (var i = 0; i < x.Length; i++) values.Output[i / run * row + start + i % run] = x[i];
            start += run;
        }
    }
}
