using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Numerics;
using static TrnEmu.Tests.Compiler.Graph.Ops.OpCases;

namespace TrnEmu.Tests.Compiler.Graph.RandomGraphs;

/// <summary>Nodes of decoders, over tokens at a position.</summary>
internal static class Sequences
{
    public static Known? Rope(Draft draft)
    {
        var x = draft.FloatMatrix();
        if (x.Type.Columns % 2 != 0) return null;
        var pairs = draft.Divisor(x.Type.Columns / 2);
        var rows = x.Type.Rows + draft.Random.Next(5);
        var dtype = draft.Random.Next(2) == 0 ? DType.Fp32 : draft.AnyFloat();
        return draft.Add(
            "rope",
            [x, draft.Of(dtype, rows, pairs), draft.Of(dtype, rows, pairs), draft.Position(x.Type.Rows, rows)],
            Rounding.Once, $"heads={x.Type.Columns / 2 / pairs}", $"dtype={draft.ResultType()}");
    }

    public static Known? Attention(Draft draft)
    {
        var q = draft.FloatMatrix();
        var size = draft.Divisor(q.Type.Columns);
        var heads = q.Type.Columns / size;
        if (size > 128 || heads > 40) return null;
        var groups = draft.Divisor(heads);
        var rows = q.Type.Rows + draft.Random.Next(20);
        if (rows * groups * size > 12_000) return null;
        var dtype = draft.AnyFloat();
        var (keys, values) = (draft.Of(dtype, rows, groups * size), draft.Of(dtype, rows, groups * size));
        Known?[] operands = [q, keys, values, draft.Position(q.Type.Rows, rows)];
        return draft.Add(
            "attention", operands, Products.Twice(operands), $"heads={heads}", $"kv_heads={groups}",
            $"scale={OneOf(draft.Random, ["0.125", "0.5"])}", $"dtype={draft.ResultType()}");
    }

    public static Known? CacheAppend(Draft draft)
    {
        var rows = draft.Matrix(draft.Any());
        var cache = draft.FindOr(
            k => k.Name.StartsWith("cache", StringComparison.Ordinal) && k.Type.DType == rows.Type.DType
                && k.Type.Columns == rows.Type.Columns && k.Type.Rows >= rows.Type.Rows,
            () =>
            {
                int[] shape = [rows.Type.Rows + draft.Random.Next(6), rows.Type.Columns];
                return draft.Given(rows.Type.DType, shape, new double[Elements(shape)], GraphRole.Cache);
            });
        return draft.Add(
            "cache_append", [cache, rows, draft.Position(rows.Type.Rows, cache.Type.Rows)], Rounding.None);
    }
}
