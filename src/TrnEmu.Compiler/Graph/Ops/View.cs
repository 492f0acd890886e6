namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// y[i] = x[offset + the sum of i_d strides_d], x counted in row-major order; strides may be 0 or negative. Transposes,
/// slices, repetitions and patches are views.
/// </summary>
[GraphOp("view", "x", Attributes = ["shape=", "strides=", "offset=0"])]
internal sealed class View : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (shape, strides) = (call.Integers("shape"), call.Integers("strides"));
        if (shape is null || strides is null) return null;
        var fits = call.Require(
            shape.Length == strides.Length && Array.TrueForAll(shape, e => e >= 1),
            $"shape is {call.Word("shape")}, strides is {call.Word("strides")}: expected a stride for each extent")
            && call.Require(
                Extents.Elements(shape) <= int.MaxValue,
                $"shape is {call.Word("shape")}, limit {int.MaxValue} elements");
        return fits && IsInside(call, shape, strides) ? call["x"] with { Shape = [.. shape] } : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var (shape, strides) = (call.Integers("shape")!, call.Integers("strides")!);
        var (x, y) = (values["x"], values.Output);
        var from = Extents.Places(shape, Array.ConvertAll(strides, s => (long)s), (long)call.Number("offset"));
        for (var i = 0; i < y.Length; i++) y[i] = x[from[i]];
    }

    private static bool IsInside(GraphCall call, int[] shape, int[] strides)
    {
        var (offset, elements) = (call.Number("offset"), call["x"].Elements);
        if (!call.Require(double.IsInteger(offset), $"offset is {offset}, expected a whole number")) return false;
        var (low, high) = (offset, offset);
        for (var i = 0; i < shape.Length; i++)
        {
            var reach = (double)strides[i] * (shape[i] - 1);
            if (reach < 0) low += reach;
            else high += reach;
        }

        return call.Require(
            low >= 0 && high < elements,
            $"reads elements {low} to {high}, x is {call["x"]}: it has {elements}");
    }
}
