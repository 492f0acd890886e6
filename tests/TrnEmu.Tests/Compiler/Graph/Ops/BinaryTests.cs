using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;
using static TrnEmu.Tests.Compiler.Graph.Ops.OpCases;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>binary and where against the interpreter, on shapes that repeat to a common one.</summary>
public sealed class BinaryTests
{
    private const int Cases = 15;
    private static readonly DType[] Wide = [DType.Fp32, DType.Bf16, DType.Fp16, DType.Tf32];
    private static readonly DType[] Integers = [.. DTypes.Arithmetic.Where(d => d.IsInteger())];

    [Theory]
    [InlineData("max")]
    [InlineData("min")]
    [InlineData("equal")]
    [InlineData("less")]
    [InlineData("less_or_equal")]
    [InlineData("greater")]
    [InlineData("greater_or_equal")]
    public void Exact_functions_of_floats(string function) => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var dtype = OneOf(random, Wide);
        var (a, b) = Repeating(random);
        var graph = new GraphRun();
        var x = graph.Input(dtype, a, Values(random, dtype, Elements(a), hasSpecial: true));
        var y = graph.Input(dtype, b, Values(random, dtype, Elements(b), hasSpecial: true));
        graph.Run(graph.Node("binary", [x, y], $"function={function}"), AnyChip(random)).IsExact();
    }, Cases);

    /// <summary>A sum of two is rounded to fp32 and to the type, relative to itself.</summary>
    [Theory]
    [InlineData("add")]
    [InlineData("sub")]
    [InlineData("mul")]
    [InlineData("div")]
    public void Sums_products_quotients(string function) => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var dtype = OneOf(random, Wide);
        var (a, b) = Repeating(random);
        var graph = new GraphRun();
        var x = graph.Input(dtype, a, Values(random, dtype, Elements(a), hasSpecial: true));
        var y = graph.Input(dtype, b, Values(random, dtype, Elements(b), hasSpecial: true));
        var result = graph.Run(graph.Node("binary", [x, y], $"function={function}"), AnyChip(random));
        result.IsNearEach(Tolerance.Of(dtype) + Tolerance.Of(DType.Fp32), Math.ScaleB(1, -14));
    }, Cases);

    [Fact]
    public void Powers_of_floats() => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (dtype, other) = (OneOf(random, Wide), OneOf(random, [DType.Fp32, DType.Bf16, DType.Int32, DType.Int8]));
        var (a, b) = Repeating(random);
        var graph = new GraphRun();
        var x = graph.Input(dtype, a, [.. Values(random, dtype, Elements(a)).Select(v => Math.Clamp(v, -9, 9))]);
        var y = graph.Input(other, b, [.. Values(random, other, Elements(b)).Select(v => Math.Clamp(v, -3, 3))]);
        graph.Run(graph.Node("binary", [x, y], "function=pow"), AnyChip(random))
            .IsNearEach(Tolerance.Of(dtype) + Tolerance.Of(DType.Fp32), Math.ScaleB(1, -14));
    }, Cases);

    /// <summary>Exactly the remainder of what the type holds, for quotients below 2^22.</summary>
    [Theory]
    [InlineData("mod")]
    [InlineData("fmod")]
    public void Remainders_of_floats(string function) => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var dtype = OneOf(random, [DType.Fp32, DType.Bf16]);
        var (a, b) = Repeating(random);
        var graph = new GraphRun();
        var x = graph.Input(dtype, a, [.. Values(random, dtype, Elements(a)).Select(v => v * Math.ScaleB(1, random.Next(-2, 12)))]);
        var y = graph.Input(dtype, b, [.. Enumerable.Range(0, Elements(b)).Select(_ => (random.NextDouble() + 0.3) * (1 - 2 * random.Next(2)))]);
        var result = graph.Run(graph.Node("binary", [x, y], $"function={function}"), AnyChip(random));
        if (function == "fmod") result.IsExact();
        else result.IsNearEach(Tolerance.Of(dtype) + Tolerance.Of(DType.Fp32));
    }, Cases);

    [Theory]
    [InlineData("add")]
    [InlineData("sub")]
    [InlineData("mul")]
    [InlineData("max")]
    [InlineData("min")]
    [InlineData("div")]
    [InlineData("mod")]
    [InlineData("fmod")]
    [InlineData("pow")]
    [InlineData("equal")]
    [InlineData("less")]
    [InlineData("less_or_equal")]
    [InlineData("greater")]
    [InlineData("greater_or_equal")]
    public void Functions_of_integers(string function) => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var dtype = OneOf(random, Integers);
        var (a, b) = Repeating(random);
        var graph = new GraphRun();
        var x = graph.Input(dtype, a, Values(random, dtype, Elements(a)));
        var isQuotient = function is "div" or "mod" or "fmod";
        var y = graph.Input(
            dtype, b, [.. Values(random, dtype, Elements(b)).Select(v => isQuotient && v == 0 ? 1 : v)]);
        graph.Run(graph.Node("binary", [x, y], $"function={function}"), AnyChip(random)).IsExact();
    }, Cases);

    /// <summary>Where an estimate in fp32 is worst: quotients next to whole ones, divisors next to powers of two.</summary>
    [Theory]
    [InlineData(DType.Int32)]
    [InlineData(DType.UInt32)]
    public void Quotients_of_large_integers(DType dtype) => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        const int Count = 5000;
        var (a, b) = (new double[Count], new double[Count]);
        for (var i = 0; i < Count; i++)
        {
            var divisor = random.NextInt64(1, 1L << random.Next(1, 33)) + random.Next(3) - 1;
            divisor = Math.Clamp(divisor, 1, uint.MaxValue);
            var dividend = random.NextInt64(0, uint.MaxValue / divisor + 1) * divisor + random.Next(3) - 1;
            (a[i], b[i]) = dtype == DType.UInt32
                ? (Math.Clamp(dividend, 0, uint.MaxValue), divisor)
                : ((int)dividend, (int)divisor);
        }

        foreach (var function in (string[])["div", "mod", "fmod"])
        {
            var graph = new GraphRun();
            var operands = new[] { graph.Input(dtype, [Count], a), graph.Input(dtype, [Count], b) };
            graph.Run(graph.Node("binary", operands, $"function={function}"), AnyChip(random)).IsExact();
        }
    }, Cases);

    [Theory]
    [InlineData("and")]
    [InlineData("or")]
    [InlineData("xor")]
    public void Logic(string function) => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (a, b) = Repeating(random);
        var graph = new GraphRun();
        var x = graph.Input(DType.UInt8, a, Truths(random, a));
        var y = graph.Input(DType.UInt8, b, Truths(random, b));
        graph.Run(graph.Node("binary", [x, y], $"function={function}"), AnyChip(random)).IsExact();
    }, Cases);

    /// <summary>What is not chosen does no harm, be it NaN or infinite.</summary>
    [Fact]
    public void Where() => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var dtype = OneOf(random, DTypes.Arithmetic);
        var isWide = dtype is DType.Fp32 or DType.Bf16 or DType.Fp16;
        var (a, b) = Repeating(random);
        int[] c = [.. (random.Next(2) == 0 ? a : b).Select(e => random.Next(3) == 0 ? 1 : e)];
        var graph = new GraphRun();
        var condition = graph.Input(DType.UInt8, c, Truths(random, c));
        var x = graph.Input(dtype, a, Values(random, dtype, Elements(a), isWide));
        var y = graph.Input(dtype, b, Values(random, dtype, Elements(b), isWide));
        graph.Run(graph.Node("where", [condition, x, y]), AnyChip(random)).IsExact();
    }, 4 * Cases);

    private static double[] Truths(Random random, int[] shape) =>
        [.. Enumerable.Range(0, Elements(shape)).Select(_ => (double)(random.Next(2) * random.Next(1, 256)))];

    /// <summary>Two shapes of up to five dimensions that repeat to a common one.</summary>
    private static (int[] A, int[] B) Repeating(Random random)
    {
        var shape = Shape(random);
        return (Part(), Part());

        int[] Part()
        {
            var start = random.Next(3) == 0 ? random.Next(shape.Length + 1) : 0;
            return [.. shape[start..].Select(e => random.Next(4) == 0 ? 1 : e)];
        }
    }
}
