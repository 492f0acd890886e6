using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;
using static TrnEmu.Tests.Compiler.Graph.Ops.OpCases;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>unary against fp64, exactly where the result is a number that the type holds.</summary>
public sealed class UnaryTests
{
    private const int Cases = 12;
    private static readonly DType[] Integers = [.. DTypes.Arithmetic.Where(d => d.IsInteger())];

    [Theory]
    [InlineData("abs")]
    [InlineData("neg")]
    [InlineData("sign")]
    [InlineData("relu")]
    [InlineData("ceil")]
    [InlineData("floor")]
    [InlineData("round")]
    public void Exact_functions_of_floats(string function) => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (shape, dtype) = (Shape(random), OneOf(random, [DType.Fp32, DType.Fp32, DType.Bf16, DType.Fp16, DType.Tf32]));
        var values = Values(random, dtype, Elements(shape), hasSpecial: true);
        for (var i = 0; i < values.Length; i++)
            if (random.Next(4) == 0 && dtype != DType.Fp16) values[i] *= Math.ScaleB(1, random.Next(-4, 24));
        Run(function, dtype, shape, values, random).IsExact();
    }, 2 * Cases);

    [Theory]
    [InlineData("abs")]
    [InlineData("neg")]
    [InlineData("sign")]
    [InlineData("relu")]
    [InlineData("square")]
    public void Functions_of_integers(string function) => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (shape, dtype) = (Shape(random), OneOf(random, Integers));
        Run(function, dtype, shape, Values(random, dtype, Elements(shape)), random).IsExact();
    }, Cases);

    [Fact]
    public void Not() => Property.ForAll(Seeds, seed =>
    {
        var (random, shape) = (new Random(seed), Shape(new Random(seed)));
        Run("not", DType.UInt8, shape, Values(random, DType.UInt8, Elements(shape)), random).IsExact();
    }, Cases);

    /// <summary>
    /// One rounding to the type and a few of fp32 on the way, each relative to the element; where numbers of the size of
    /// 1 are added up on the way (sines near their zeros), relative to 1.
    /// </summary>
    [Theory]
    [InlineData("exp", -60, 60, 0)]
    [InlineData("log", 0, 1000, 1)]
    [InlineData("sqrt", 0, 1000, 0)]
    [InlineData("rsqrt", 0.01, 1000, 0)]
    [InlineData("reciprocal", 0.01, 100, 0)]
    [InlineData("reciprocal", -100, -0.01, 0)]
    [InlineData("square", -200, 200, 0)]
    [InlineData("erf", -6, 6, 0)]
    [InlineData("sin", -200, 200, 1)]
    [InlineData("cos", -200, 200, 1)]
    [InlineData("sin", -60000, 60000, 1)]
    [InlineData("cos", -60000, 60000, 1)]
    [InlineData("sinh", -10, 10, 0)]
    [InlineData("sinh", -0.01, 0.01, 0)]
    [InlineData("cosh", -10, 10, 0)]
    [InlineData("tanh", -6, 6, 0)]
    [InlineData("sigmoid", -10, 10, 0)]
    [InlineData("gelu", -4, 6, 1)]
    [InlineData("gelu_tanh", -4, 6, 1)]
    [InlineData("gelu_sigmoid", -4, 6, 1)]
    [InlineData("silu", -10, 10, 0)]
    [InlineData("softplus", -10, 10, 0)]
    public void Other_functions(string function, double low, double high, double floor) => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (shape, dtype) = (Shape(random), OneOf(random, [DType.Fp32, DType.Bf16, DType.Tf32]));
        var values = new double[Elements(shape)];
        for (var i = 0; i < values.Length; i++) values[i] = low + random.NextDouble() * (high - low);
        Run(function, dtype, shape, values, random).IsNearEach(Limit(dtype), floor);
    }, Cases);

    [Theory]
    [InlineData(DType.Fp16)]
    [InlineData(DType.Fp8E4M3)]
    [InlineData(DType.Fp8E4M3Fn)]
    [InlineData(DType.Fp8E5M2)]
    public void Narrow_types(DType dtype) => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var shape = Shape(random);
        var function = OneOf(random, ["exp", "tanh", "sin", "cosh", "sigmoid", "square", "gelu", "softplus"]);
        var values = new double[Elements(shape)];
        for (var i = 0; i < values.Length; i++) values[i] = random.NextDouble() * 4 - 2;

        // Below 2^-6 the narrowest of them has a fixed distance between its numbers, 2^-9.
        Run(function, dtype, shape, values, random).IsNearEach(Limit(dtype), Math.ScaleB(1, -6));
    }, Cases);

    /// <summary>0, infinities, NaN, the ends of fp32 and numbers between.</summary>
    [Theory]
    [InlineData("log")]
    [InlineData("sqrt")]
    [InlineData("rsqrt")]
    [InlineData("reciprocal")]
    [InlineData("exp")]
    [InlineData("tanh")]
    [InlineData("sin")]
    [InlineData("cos")]
    [InlineData("sinh")]
    [InlineData("cosh")]
    public void The_ends_of_fp32(string function)
    {
        double[] values = [0, 1, -1, double.PositiveInfinity, double.NaN, 1e-45, 1e-38, 1e-30, 1e-10, 1e10, 1e30, float.MaxValue];
        if (function is "sin" or "cos") values = [0, 1, -1, double.PositiveInfinity, double.NaN, 1e-45, 1e-38, 1e-10];
        if (function is "exp" or "cosh" or "sinh") values = [0, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 88.5, -88.5, 1e-10];
        if (function is "reciprocal") values = [0, 1, -1, double.PositiveInfinity, double.NaN, 1e-38, 1e-30, 1e30, float.MaxValue];
        foreach (var chip in (string[])["trn1", "trn2", "trn3"])
        {
            var graph = new GraphRun();
            var x = graph.Input(DType.Fp32, [values.Length], values);
            graph.Run(graph.Node("unary", [x], $"function={function}"), Chip.Load(chip)).IsNearEach(Limit(DType.Fp32));
        }
    }

    private static double Limit(DType dtype) => Tolerance.Of(dtype) + Tolerance.Of(DType.Fp32);

    private static GraphResult Run(string function, DType dtype, int[] shape, double[] values, Random random)
    {
        var graph = new GraphRun();
        return graph.Run(graph.Node("unary", [graph.Input(dtype, shape, values)], $"function={function}"), AnyChip(random));
    }
}
