using TrnEmu.Core.Numerics;
using static TrnEmu.Tests.Compiler.Graph.Ops.OpCases;

namespace TrnEmu.Tests.Compiler.Graph.RandomGraphs;

/// <summary>Operands of the kinds that operations take, from the draft or new.</summary>
internal static class Operands
{
    private static readonly DType[] Floats =
        [DType.Fp32, DType.Bf16, DType.Fp16, DType.Tf32, DType.Fp8E4M3, DType.Fp8E4M3Fn, DType.Fp8E5M2];

    private static readonly DType[] Integers = [.. DTypes.Arithmetic.Where(d => d.IsInteger())];

    /// <summary>Any tensor of at least some rank.</summary>
    public static Known Any(this Draft draft, int minRank = 0) =>
        draft.FindOr(k => k.Rank >= minRank, () => draft.New(draft.AnyType(), draft.SmallShape(minRank)));

    /// <summary>A tensor of floats.</summary>
    public static Known Float(this Draft draft, int minRank = 0, int maxRank = 8) => draft.FindOr(
        k => k.Type.DType.IsFloat() && k.Rank >= minRank && k.Rank <= maxRank,
        () => draft.New(draft.AnyFloat(), draft.SmallShape(minRank, Math.Min(5, maxRank))));

    /// <summary>A matrix of floats of up to so many columns; tensors of the draft are made one by reshape.</summary>
    public static Known FloatMatrix(this Draft draft) => draft.Matrix(draft.Float());

    /// <summary>The same elements as rows and columns.</summary>
    public static Known Matrix(this Draft draft, Known x)
    {
        if (x.Rank == 2) return x;
        var rows = draft.Divisor(x.Values.Length);
        return draft.Add("reshape", [x], Rounding.None, $"shape=[{rows},{x.Values.Length / rows}]")!;
    }

    /// <summary>A number that divides another.</summary>
    public static int Divisor(this Draft draft, int of)
    {
        var divisors = Enumerable.Range(1, Math.Min(of, 300)).Where(d => of % d == 0).ToArray();
        return OneOf(draft.Random, divisors);
    }

    /// <summary>Values in an input or a constant: floats up to 3, of which many are whole or halves; any integers.</summary>
    public static Known New(this Draft draft, DType dtype, params int[] shape)
    {
        if (!dtype.IsFloat()) return draft.Given(dtype, shape, Values(draft.Random, dtype, Elements(shape)));
        var (isWhole, isPositive) = (draft.Random.Next(4) == 0, draft.Random.Next(4) == 0);
        var values = new double[Elements(shape)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = isWhole ? draft.Random.Next(-6, 7) / 2.0 : 6 * draft.Random.NextDouble() - 3;
            if (isPositive) values[i] = Math.Abs(values[i]) + 0.5;
        }

        return draft.Given(dtype, shape, values);
    }

    /// <summary>A matrix of small floats, of which sums over its rows stay near 1.</summary>
    public static Known Weights(this Draft draft, DType dtype, int rows, int columns) => draft.FindOr(
        k => k.Type.DType == dtype && k.Rank == 2 && k.Type.Rows == rows && k.Type.Columns == columns,
        () => draft.Given(dtype, [rows, columns], [.. Enumerable.Range(0, rows * columns).Select(
            _ => (4 * draft.Random.NextDouble() - 2) / Math.Sqrt(rows))]));

    /// <summary>A tensor of one type and shape.</summary>
    public static Known Of(this Draft draft, DType dtype, params int[] shape) => draft.FindOr(
        k => k.Type.DType == dtype && k.Type.Shape == [.. shape], () => draft.New(dtype, shape));

    /// <summary>A tensor of one type whose shape repeats to a common one with another.</summary>
    public static Known Repeating(this Draft draft, DType dtype, int[] shape) => draft.FindOr(
        k => k.Type.DType == dtype && Fits(k.Shape, shape), () => draft.New(dtype, draft.PartOf(shape)));

    /// <summary>Row numbers from 0 to below a limit: int32 [count, 1].</summary>
    public static Known Rows(this Draft draft, int count, int limit) => draft.FindOr(
        k => k is { Rank: 2, IsExact: true } && k.Type.DType == DType.Int32 && k.Type.Columns == 1 && k.Type.Rows == count
            && k.Values.All(v => v >= 0 && v < limit),
        () => draft.Given(
            DType.Int32, [count, 1], [.. Enumerable.Range(0, count).Select(_ => (double)draft.Random.Next(limit))]));

    /// <summary>One row number, with so many rows from it on.</summary>
    public static Known Position(this Draft draft, int count, int limit) => draft.Rows(1, limit - count + 1);

    public static DType AnyFloat(this Draft draft) => draft.Random.Next(5) > 0 ? draft.Main : OneOf(draft.Random, Floats);

    public static DType AnyType(this Draft draft) =>
        draft.Random.Next(3) > 0 ? draft.AnyFloat() : OneOf(draft.Random, Integers);

    /// <summary>dtype= of a result: that of the operand or another wide one.</summary>
    public static string ResultType(this Draft draft) =>
        draft.Random.Next(3) > 0 ? "same" : OneOf(draft.Random, ["fp32", "bf16", "fp16"]);

    /// <summary>Rank up to 5, up to 4000 elements.</summary>
    public static int[] SmallShape(this Draft draft, int minRank = 0, int maxRank = 5)
    {
        var shape = Shape(draft.Random, minRank, maxRank);
        for (var i = 0; Elements(shape) > 4000; i = (i + 1) % shape.Length) shape[i] = (shape[i] + 1) / 2;
        return shape;
    }

    private static int[] PartOf(this Draft draft, int[] shape)
    {
        var start = draft.Random.Next(3) == 0 ? draft.Random.Next(shape.Length + 1) : 0;
        return [.. shape[start..].Select(e => draft.Random.Next(4) == 0 ? 1 : e)];
    }

    private static bool Fits(int[] a, int[] b)
    {
        for (var i = 1; i <= Math.Min(a.Length, b.Length); i++)
            if (a[^i] != b[^i] && a[^i] != 1 && b[^i] != 1) return false;
        return true;
    }
}
