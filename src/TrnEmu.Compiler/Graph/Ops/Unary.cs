using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// y = f(x), element by element; integers modulo 2^bits. On the chip sin and cos are within 2^-20 up to |x| = 400000;
/// larger arguments are taken too, but fewer and fewer digits of the result are right: from 2^24 on it is only some
/// number from -1 to 1.
/// </summary>
[GraphOp("unary", "x", Attributes = ["function="])]
internal sealed class Unary : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (x, function) = (call["x"], call.Word("function"));
        var isKnown = call.Require(
            UnaryFunctions.IsKnown(function), $"function is {function}, expected one of {UnaryFunctions.Names}");
        if (!isKnown) return null;
        var fits = function == "not"
            ? call.Require(x.DType == DType.UInt8, $"x is {x}, not takes uint8")
            : call.Require(
                x.DType.IsFloat() || UnaryFunctions.OfInteger(function) is not null,
                $"x is {x}, {function} takes floats");
        return fits ? x : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var (dtype, function) = (call["x"].DType, call.Word("function"));
        var (x, y) = (values["x"], values.Output);
        if (dtype.IsFloat())
        {
            var f = UnaryFunctions.OfFloat(function)!;
            for (var i = 0; i < y.Length; i++) y[i] = f(x[i]);
        }
        else
        {
            var f = UnaryFunctions.OfInteger(function)!;
            for (var i = 0; i < y.Length; i++) y[i] = Wrapping.Wrap(dtype, f((long)x[i]));
        }
    }
}
