using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// y = f(a, b), element by element; dimensions are aligned at the end and extents of 1 repeat. Integers are exact
/// modulo 2^bits; comparisons and logical functions give uint8, 1 or 0. What integers give where the divisor is 0 is
/// undefined.
/// </summary>
[GraphOp("binary", "a", "b", Attributes = ["function="])]
internal sealed class Binary : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (a, b, function) = (call["a"], call["b"], call.Word("function"));
        var isKnown = call.Require(
            BinaryFunctions.IsKnown(function), $"function is {function}, expected one of {BinaryFunctions.Names}");
        if (!isKnown || !Fits(call, a, b, function)) return null;
        var shape = Extents.Common(a.Shape, b.Shape);
        if (!call.Require(shape is not null, $"a is {a}, b is {b}: extents must be equal or 1")) return null;
        var dtype = BinaryFunctions.IsTruth(function) ? DType.UInt8 : a.DType;
        return call.Require(Extents.Elements(shape) <= int.MaxValue, $"has more elements than the limit {int.MaxValue}")
            ? new TensorType(dtype, [.. shape!])
            : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var (a, b, y) = (values["a"], values["b"], values.Output);
        var (dtype, function) = (call["a"].DType, call.Word("function"));
        var shape = Extents.Common(call["a"].Shape, call["b"].Shape)!;
        var (left, right) = (Extents.Repeated(call["a"].Shape, shape), Extents.Repeated(call["b"].Shape, shape));
        if (dtype.IsInteger() && BinaryFunctions.OfInteger(function) is { } exact)
        {
            for (var i = 0; i < y.Length; i++) y[i] = Wrapping.Wrap(dtype, exact((long)a[left[i]], (long)b[right[i]]));
        }
        else
        {
            var f = BinaryFunctions.OfFloat(function);
            for (var i = 0; i < y.Length; i++) y[i] = f(a[left[i]], b[right[i]]);
        }
    }

    private static bool Fits(GraphCall call, TensorType a, TensorType b, string function)
    {
        if (BinaryFunctions.IsLogical(function))
        {
            return call.Require(
                a.DType == DType.UInt8 && b.DType == DType.UInt8, $"a is {a}, b is {b}: {function} takes uint8");
        }

        if (function != "pow") return call.Require(a.DType == b.DType, $"a is {a}, b is {b}: expected one type");
        var isSame = (a.DType == DType.UInt32) == (b.DType == DType.UInt32);
        return call.Require(
            a.DType.IsFloat() || (b.DType.IsInteger() && isSame),
            $"a is {a}, b is {b}: integers are raised exactly to integers, both uint32 or neither");
    }
}
