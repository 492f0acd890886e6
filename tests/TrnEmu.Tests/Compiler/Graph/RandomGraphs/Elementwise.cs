using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Numerics;
using static TrnEmu.Tests.Compiler.Graph.Ops.OpCases;

namespace TrnEmu.Tests.Compiler.Graph.RandomGraphs;

/// <summary>Nodes that compute element by element.</summary>
internal static class Elementwise
{
    private static readonly string[] Choices = ["abs", "neg", "relu"];
    private static readonly string[] Steps = ["sign", "ceil", "floor", "round"];

    private static readonly string[] Curves =
    [
        "exp", "log", "sqrt", "rsqrt", "reciprocal", "square", "erf", "sin", "cos", "sinh", "cosh", "tanh", "sigmoid",
        "gelu", "gelu_tanh", "gelu_sigmoid", "silu", "softplus",
    ];

    private static readonly string[] Comparisons = ["equal", "less", "less_or_equal", "greater", "greater_or_equal"];

    public static Known? Unary(Draft draft)
    {
        var x = draft.Any();
        string[] functions = !x.Type.DType.IsFloat()
            ? ["abs", "neg", "sign", "square", "relu", .. x.Type.DType == DType.UInt8 ? (string[])["not"] : []]
            : [.. Choices, .. Curves, .. x.IsExact ? Steps : []];
        var function = OneOf(draft.Random, functions);
        return draft.Add(
            "unary", [x], Of(x, !Curves.Contains(function) || x.Type.DType.IsInteger()), $"function={function}");
    }

    public static Known? Binary(Draft draft)
    {
        var x = draft.Any();
        var function = OneOf(draft.Random, Functions(x));
        var other = function == "pow" && x.Type.DType.IsFloat() ? OneOf(draft.Random, [x.Type.DType, DType.Int32, DType.Int8]) : x.Type.DType;
        var y = function == "pow" && x.Type.DType.IsFloat()
            ? draft.Given(other, [1], [draft.Random.Next(4)])
            : draft.Repeating(other, x.Shape);
        var isSwapped = function != "pow" && draft.Random.Next(2) == 0;
        var (a, b) = isSwapped ? (y, x) : (x, y);
        if (function is "div" or "mod" or "fmod" && b.Values.Any(v => Math.Abs(v) < 0.1)) return null;
        var isStep = Comparisons.Contains(function) || function is "mod" or "fmod";
        if (isStep && !(a.IsExact && b.IsExact)) return null;
        var isExact = a.Type.DType.IsInteger() || Comparisons.Contains(function) || function is "max" or "min";
        return draft.Add("binary", [a, b], Of(x, isExact), $"function={function}");
    }

    public static Known? Cast(Draft draft)
    {
        var x = draft.Any();
        var to = OneOf(draft.Random, DTypes.Arithmetic);
        if (draft.Random.Next(2) == 0) to = draft.Main;

        // Integers and fp8 are a choice of the model: the interpreter rounds to them too, so that only the same values
        // give the same results.
        var isStep = to.IsInteger() || to.Size() == 1;
        if (isStep && !x.IsExact) return null;
        var isHeld = isStep || x.Values.All(v => Conversions.Round(to, (float)v) == v);
        string[] attributes = [$"dtype={to.Name()}", $"saturate={draft.Random.Next(2)}"];
        if (to == DType.UInt8 && draft.Random.Next(2) == 0) attributes = [$"dtype={to.Name()}", "bool=1"];
        return draft.Add("cast", [x], Rounding.NoneIf(isHeld), attributes);
    }

    /// <summary>One rounding to the type and a few of fp32 on the way.</summary>
    private static Rounding Of(Known x, bool isExact) =>
        isExact ? Rounding.None : new(Result: Tolerance.Of(x.Type.DType) + Tolerance.Of(DType.Fp32));

    private static string[] Functions(Known x)
    {
        string[] numbers = ["add", "sub", "mul", "div", "max", "min", "mod", "fmod", "pow", .. Comparisons];
        return x.Type.DType == DType.UInt8 ? [.. numbers, "and", "or", "xor"] : numbers;
    }
}
