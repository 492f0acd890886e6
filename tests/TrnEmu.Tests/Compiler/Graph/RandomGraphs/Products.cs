using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Numerics;
using static TrnEmu.Tests.Compiler.Graph.Ops.OpCases;

namespace TrnEmu.Tests.Compiler.Graph.RandomGraphs;

/// <summary>Nodes that multiply matrices.</summary>
internal static class Products
{
    private const long MostMacs = 2_000_000;

    private static readonly string[] Activations =
        ["copy", "relu", "sigmoid", "silu", "tanh", "gelu", "gelu_apprx_tanh", "gelu_apprx_sigmoid"];

    public static Known? Matmul(Draft draft)
    {
        var a = draft.Random.Next(4) == 0
            ? draft.FindOr(k => k.Rank >= 2 && k.Type.DType is DType.Int8 or DType.UInt8, () => Bytes(draft, draft.SmallShape(2, 4)))
            : draft.Float(minRank: 2);
        var isBytes = a.Type.DType.IsInteger();
        if (a.Rank < 2) return null;
        int[] shape = [.. a.Shape[..^2].Select(e => draft.Random.Next(3) == 0 ? 1 : e), a.Type.Columns, draft.Random.Next(1, 60)];
        shape = shape[draft.Random.Next(shape.Length - 1)..];
        if (Elements(a.Shape) * (long)shape[^1] > MostMacs || Elements(shape) > 12_000) return null;
        var b = isBytes ? Bytes(draft, shape) : draft.New(draft.AnyFloat(), shape);
        return draft.Add(
            "matmul", [a, b], Rounding.NoneIf(isBytes), isBytes ? "dtype=int32" : $"dtype={draft.ResultType()}");
    }

    public static Known? Linear(Draft draft)
    {
        var (x, width) = (draft.FloatMatrix(), draft.Random.Next(1, 70));
        if (x.Values.Length * (long)width > MostMacs || x.Type.Columns * width > 12_000) return null;
        return draft.Add(
            "linear",
            [
                x, draft.Weights(draft.AnyFloat(), x.Type.Columns, width), Maybe(draft, width),
                Maybe(draft, x.Type.Rows, width),
            ],
            Rounding.Once, $"activation={OneOf(draft.Random, Activations)}", $"dtype={draft.ResultType()}");
    }

    public static Known? GeluMlp(Draft draft)
    {
        var (x, hidden) = (draft.FloatMatrix(), draft.Random.Next(1, 70));
        if (x.Type.Columns * hidden > 12_000) return null;
        var (up, down) = Pair(draft, x.Type.Columns, hidden);
        Known?[] operands =
            [x, up, down, Maybe(draft, hidden), Maybe(draft, x.Type.Columns), Maybe(draft, x.Type.Rows, x.Type.Columns)];
        return draft.Add(
            "gelu_mlp", operands, Twice(operands),
            $"activation={OneOf(draft.Random, Activations)}", $"dtype={draft.ResultType()}");
    }

    public static Known? SwigluMlp(Draft draft)
    {
        var (x, hidden) = (draft.FloatMatrix(), draft.Random.Next(1, 70));
        if (x.Type.Columns * hidden > 12_000) return null;
        var (up, down) = Pair(draft, x.Type.Columns, hidden);
        Known?[] operands =
            [x, draft.Weights(up.Type.DType, x.Type.Columns, hidden), up, down, Maybe(draft, x.Type.Rows, x.Type.Columns)];
        return draft.Add("swiglu_mlp", operands, Twice(operands), $"dtype={draft.ResultType()}");
    }

    public static Known? Dequantize(Draft draft)
    {
        var (random, rows, columns) = (draft.Random, draft.Random.Next(1, 100), draft.Random.Next(1, 60));
        var isPairs = random.Next(3) == 0;
        var dtype = isPairs ? DType.UInt8 : OneOf(random, [.. DTypes.Arithmetic.Where(d => d.Size() == 1)]);
        var w = isPairs
            ? draft.Given(dtype, [rows, (columns + 1) / 2], Values(random, dtype, rows * ((columns + 1) / 2)))
            : draft.Of(dtype, rows, columns);
        var blocks = (rows + 31) / 32;
        var scale = random.Next(3) switch
        {
            0 => draft.Given(DType.Fp32, [1], [random.NextDouble() + 0.1]),
            1 => draft.Given(DType.Fp32, [columns], [.. Enumerable.Range(0, columns).Select(_ => random.NextDouble() + 0.1)]),
            _ => draft.Given(
                DType.UInt8, [blocks, columns], [.. Enumerable.Range(0, blocks * columns).Select(_ => 127.0 + random.Next(-4, 4))]),
        };
        return draft.Add(
            "dequantize", [w, scale], Rounding.Once,
            $"dtype={OneOf(random, ["fp32", "bf16", "fp16"])}", $"pairs={(isPairs ? columns : 0)}");
    }

    /// <summary>Errors of two steps: between them values are rounded to the narrowest type that takes part.</summary>
    public static Rounding Twice(IEnumerable<Known?> operands)
    {
        var error = operands.OfType<Known>().Where(o => o.Type.DType.IsFloat()).Max(o => Tolerance.Of(o.Type.DType));
        return new Rounding(Result: error, Inside: error);
    }

    private static (Known Up, Known Down) Pair(Draft draft, int width, int hidden)
    {
        var dtype = draft.AnyFloat();
        return (draft.Weights(dtype, width, hidden), draft.Weights(draft.AnyFloat(), hidden, width));
    }

    private static Known Bytes(Draft draft, int[] shape)
    {
        var dtype = OneOf(draft.Random, [DType.Int8, DType.UInt8]);
        return draft.Given(dtype, shape, Values(draft.Random, dtype, Elements(shape)));
    }

    private static Known? Maybe(Draft draft, params int[] shape) =>
        draft.Random.Next(2) == 0 ? draft.Of(draft.AnyFloat(), shape) : null;
}
