using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// y = the elements of x along some axes folded into one, which keeps the axes with extent 1. Integers are exact modulo
/// 2^bits; a maximum is NaN when an element is, the log_sum_exp of nothing but -inf is -inf.
/// </summary>
[GraphOp("reduce", "x", Attributes = ["function=", "axes="])]
internal sealed class Reduce : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (x, function) = (call["x"], call.Word("function"));
        var isKnown = call.Require(
            function == ReduceFunction.LogSumExp || ReduceFunction.All.ContainsKey(function),
            $"function is {function}, expected one of {ReduceFunction.Names}");
        if (!isKnown || call.Integers("axes") is not { } axes) return null;
        var fits = call.Require(
                axes.All(a => a >= 0 && a < x.Shape.Count) && axes.Zip(axes.Skip(1)).All(p => p.First < p.Second),
                $"axes is {call.Word("axes")}, x is {x}: expected axes of 0 to {x.Shape.Count - 1}, ascending")
            & call.Require(x.DType.IsArithmetic(), $"x is {x}, expected numbers")
            & call.Require(
                x.DType.IsFloat() || !ReduceFunction.Fractional.Contains(function),
                $"x is {x}, {function} of integers is no integer: cast to a float type before");
        return fits ? x with { Shape = [.. x.Shape.Select((e, i) => axes.Contains(i) ? 1 : e)] } : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var (x, y, places) = (values["x"], values.Output, Places(call));
        if (call.Word("function") == ReduceFunction.LogSumExp)
        {
            LogSumExp(x, y, places);
            return;
        }

        var function = ReduceFunction.All[call.Word("function")];
        var dtype = call["x"].DType;
        Array.Fill(y, function.Start);
        for (var i = 0; i < x.Length; i++) y[places[i]] = function.Join(dtype, y[places[i]], x[i]);
        if (function.Finish is not { } finish) return;
        for (var i = 0; i < y.Length; i++) y[i] = finish(y[i], x.Length / y.Length);
    }

    private static void LogSumExp(double[] x, double[] y, int[] places)
    {
        var (max, sums) = (new double[y.Length], new double[y.Length]);
        Array.Fill(max, double.NegativeInfinity);
        for (var i = 0; i < x.Length; i++) max[places[i]] = Math.Max(max[places[i]], x[i]);
        for (var i = 0; i < x.Length; i++)
            sums[places[i]] += x[i] == max[places[i]] ? 1 : Math.Exp(x[i] - max[places[i]]);
        for (var i = 0; i < y.Length; i++) y[i] = max[i] + Math.Log(sums[i]);
    }

    /// <summary>For each element of x the element of y that it joins.</summary>
    private static int[] Places(GraphCall call)
    {
        var (shape, axes) = (call["x"].Shape, call.Integers("axes")!);
        var places = new int[call["x"].Elements];
        for (var i = 0; i < places.Length; i++)
        {
            var (rest, step) = (i, 1);
            for (var d = shape.Count - 1; d >= 0; d--)
            {
                (rest, var index) = Math.DivRem(rest, shape[d]);
                if (axes.Contains(d)) continue;
                places[i] += index * step;
                step *= shape[d];
            }
        }

        return places;
    }
}
