using TrnEmu.Core.Numerics;
using static TrnEmu.Tests.Compiler.Graph.Ops.OpCases;

namespace TrnEmu.Tests.Compiler.Graph.RandomGraphs;

/// <summary>Nodes that fold or order elements along axes.</summary>
internal static class Rows
{
    public static Known? Reduce(Draft draft)
    {
        var x = draft.Any();
        string[] functions = ["sum", "max", "min", "prod", "l1", "sum_square"];
        if (x.Type.DType.IsFloat()) functions = [.. functions, "mean", "l2", "log_sum_exp"];
        var function = OneOf(draft.Random, functions);
        var axes = Enumerable.Range(0, x.Rank).Where(_ => draft.Random.Next(2) == 0);
        return draft.Add(
            "reduce", [x], Rounding.NoneIf(x.Type.DType.IsInteger() || function is "max" or "min"),
            $"function={function}", $"axes={List(axes)}");
    }

    public static Known? Softmax(Draft draft) =>
        draft.Add("softmax", [draft.Float(minRank: 1)], Rounding.Once, $"log={draft.Random.Next(2)}");

    public static Known? Cumsum(Draft draft)
    {
        var x = draft.Any(minRank: 1);
        return draft.Add(
            "cumsum", [x], Rounding.NoneIf(x.Type.DType.IsInteger()),
            $"exclusive={draft.Random.Next(2)}", $"reverse={draft.Random.Next(2)}");
    }

    public static Known? TopK(Draft draft)
    {
        var x = draft.Any(minRank: 1);
        var output = x.IsExact ? OneOf(draft.Random, ["values", "indices"]) : "values";

        // Of rows that are ranked in parts fewer may be asked for.
        var k = draft.Random.Next(1, Math.Min(x.Type.Columns, 2048) + 1);
        return draft.Add(
            "topk", [x], Rounding.None, $"k={k}", $"largest={draft.Random.Next(2)}", $"output={output}");
    }

    public static Known? LayerNorm(Draft draft)
    {
        var x = draft.FloatMatrix();
        var (gamma, beta) = (draft.Of(draft.AnyFloat(), x.Type.Columns), draft.Of(draft.AnyFloat(), x.Type.Columns));
        return draft.Add(
            "layer_norm", [x, gamma, beta], Rounding.Once, Epsilon(draft), $"dtype={draft.ResultType()}");
    }

    public static Known? RmsNorm(Draft draft)
    {
        var x = draft.FloatMatrix();
        return draft.Add(
            "rms_norm", [x, draft.Of(draft.AnyFloat(), x.Type.Columns)], Rounding.Once, Epsilon(draft),
            $"dtype={draft.ResultType()}");
    }

    private static string Epsilon(Draft draft) => OneOf(draft.Random, ["epsilon=1e-05", "epsilon=0.1", "epsilon=1"]);
}
