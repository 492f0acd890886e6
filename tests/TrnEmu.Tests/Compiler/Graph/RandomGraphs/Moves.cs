using TrnEmu.Core.Numerics;
using static TrnEmu.Tests.Compiler.Graph.Ops.OpCases;

namespace TrnEmu.Tests.Compiler.Graph.RandomGraphs;

/// <summary>Nodes that move elements.</summary>
internal static class Moves
{
    public static Known? Reshape(Draft draft)
    {
        var x = draft.Any();
        var (rest, shape) = (x.Values.Length, new List<int>());
        while (rest > 1 && shape.Count < 5)
        {
            shape.Add(draft.Divisor(rest));
            rest /= shape[^1];
        }

        if (rest > 1 || draft.Random.Next(2) == 0) shape.Add(rest);
        return draft.Add("reshape", [x], Rounding.None, $"shape={List(shape)}");
    }

    public static Known? View(Draft draft)
    {
        var (x, random) = (draft.Any(), draft.Random);
        var own = x.Shape;
        int[] steps = [.. own.Select((_, d) => Elements(own[(d + 1)..]))];
        var (shape, strides, offset) = (new List<int>(), new List<int>(), 0);
        foreach (var d in random.Next(2) == 0 ? Enumerable.Range(0, own.Length) : [.. Enumerable.Range(0, own.Length).OrderBy(_ => random.Next())])
        {
            // A slice of each dimension by some step, forwards or backwards, sometimes repeated.
            var step = random.Next(4) == 0 ? random.Next(1, 4) : 1;
            var start = random.Next(3) == 0 ? random.Next(own[d]) : 0;
            var most = (own[d] - start + step - 1) / step;
            var count = random.Next(3) == 0 ? random.Next(1, most + 1) : most;
            var isBackwards = random.Next(4) == 0;
            offset += (start + (isBackwards ? (count - 1) * step : 0)) * steps[d];
            shape.Add(count);
            strides.Add((isBackwards ? -step : step) * steps[d]);
            if (random.Next(6) != 0 || shape.Count > 5) continue;
            shape.Add(random.Next(1, 4));
            strides.Add(0);
        }

        return draft.Add(
            "view", [x], Rounding.None, $"shape={List(shape)}", $"strides={List(strides)}", $"offset={offset}");
    }

    public static Known? Concat(Draft draft)
    {
        var x = draft.Any(minRank: 1);
        var axis = draft.Random.Next(x.Rank);
        var operands = new Known[draft.Random.Next(1, 5)];
        for (var i = 0; i < operands.Length; i++) operands[i] = Beside();
        return draft.Add("concat", operands, Rounding.None, $"axis={axis}");

        Known Beside()
        {
            if (draft.Random.Next(3) == 0) return x;
            int[] shape = [.. x.Shape];
            shape[axis] = draft.Random.Next(1, 2 + shape[axis]);
            return draft.FindOr(
                k => k.Type.DType == x.Type.DType && k.Rank == x.Rank
                    && Enumerable.Range(0, x.Rank).All(d => d == axis || k.Shape[d] == x.Shape[d]),
                () => draft.New(x.Type.DType, shape));
        }
    }

    public static Known? Pad(Draft draft)
    {
        var x = draft.Any();
        var isWide = x.Type.DType.IsFloat() && x.Type.DType.Size() > 1;
        var value = OneOf<string>(draft.Random, isWide ? ["0", "0.3", "-7"] : ["0", "1", "7"]);
        var (before, after) = (x.Shape.Select(_ => draft.Random.Next(4)), x.Shape.Select(_ => draft.Random.Next(4)));
        return draft.Add("pad", [x], Rounding.None, $"before={List(before)}", $"after={List(after)}", $"value={value}");
    }

    public static Known? Where(Draft draft)
    {
        var x = draft.Any();
        var y = draft.Repeating(x.Type.DType, x.Shape);
        var c = draft.Repeating(DType.UInt8, x.Values.Length > y.Values.Length ? x.Shape : y.Shape);
        return Common(x.Shape, y.Shape) is { } shape && Common(shape, c.Shape) is not null
            ? draft.Add("where", [c, x, y], Rounding.None) : null;
    }

    public static Known? Embedding(Draft draft)
    {
        var table = draft.Matrix(draft.Any());
        var ids = draft.Rows(draft.Random.Next(1, 40), table.Type.Rows);
        return draft.Add("embedding", [table, ids], Rounding.None);
    }

    public static Known? ScatterRows(Draft draft)
    {
        var x = draft.Matrix(draft.Any());
        var ids = draft.Rows(draft.Random.Next(1, 20), x.Type.Rows);
        var isSum = draft.Random.Next(2) == 0;
        return draft.Add(
            "scatter_rows", [x, ids, draft.Of(x.Type.DType, ids.Type.Rows, x.Type.Columns)],
            Rounding.NoneIf(!isSum || x.Type.DType.IsInteger()), isSum ? "function=add" : "function=none");
    }

    /// <summary>The shape that two repeat to, or null.</summary>
    public static int[]? Common(int[] a, int[] b)
    {
        var shape = new int[Math.Max(a.Length, b.Length)];
        for (var i = 1; i <= shape.Length; i++)
        {
            var (m, n) = (i <= a.Length ? a[^i] : 1, i <= b.Length ? b[^i] : 1);
            if (m != n && m != 1 && n != 1) return null;
            shape[^i] = Math.Max(m, n);
        }

        return shape;
    }
}
