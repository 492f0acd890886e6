using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;
using Property = TrnEmu.Tests.Support.Property;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>Reductions along any axes, compiled and executed, against plain loops.</summary>
public sealed class ReduceTests
{
    private sealed record Case(int[] Shape, int[] Axes, string Function, DType DType, Chip Chip, int Seed)
    {
        public override string ToString() =>
            $"{Function} of {DType.Name()}[{string.Join(',', Shape)}] along [{string.Join(',', Axes)}] on {Chip.Name}, {Seed}";
    }

    [Fact]
    public void Integers_are_exact() => Property.ForAll(
        Cases(OpGen.Integers, "sum", "max", "min", "prod", "l1", "sum_square"),
        c => Run(c, OpGen.Integer(c.Seed, OpGen.Count(c.Shape), c.DType)).IsExact(), 200);

    [Fact]
    public void Choices_and_whole_sums_of_floats_are_exact() => Property.ForAll(
        // Up to 5000 terms of at most 2: below 2^24, so that fp32 holds every partial sum; powers of two multiply exactly.
        Cases(Gen.Constant(DType.Fp32), "sum", "max", "min", "l1", "sum_square"),
        c => Run(c, OpGen.Whole(c.Seed, OpGen.Count(c.Shape), -2, 2)).IsExact(), 150);

    [Fact]
    public void Floats_are_near() => Property.ForAll(
        Cases(OpGen.Floats, "sum", "mean", "max", "min", "l1", "l2", "sum_square", "log_sum_exp"),
        // Of fp8, whose largest number is 240, so small ones that no sum is more.
        c => OpGen.IsNear(Run(c, OpGen.Real(
            c.Seed, OpGen.Count(c.Shape), c.DType.Size() == 1 ? Math.Min(1, 200.0 / OpGen.Count(c.Shape)) : 1))), 200);

    [Fact]
    public void Products_of_floats_are_near() => Property.ForAll(
        // Factors of 0.99 to 1.01: 20 000 of them stay within fp32, each rounded to 2^-24.
        Cases(OpGen.Floats, "prod"),
        c => Run(c, [.. OpGen.Real(c.Seed, OpGen.Count(c.Shape), 0.01).Select(v => 1 + v)])
            .IsNearEach(Math.Max(Tolerance.Of(c.DType), 20_000 * Math.ScaleB(1, -24))), 40);

    [Theory]
    [InlineData("max")]
    [InlineData("min")]
    [InlineData("sum")]
    [InlineData("l1")]
    [InlineData("log_sum_exp")]
    public void Infinities_and_NaN_are_as_in_numpy(string function)
    {
        double[] rows =
        [
            .. Enumerable.Repeat(double.NegativeInfinity, 3), .. Enumerable.Repeat(double.PositiveInfinity, 3),
            1, double.NegativeInfinity, 2, 1, double.PositiveInfinity, -2, double.NaN, 0, double.PositiveInfinity,
            -1e38, -1e38, -1e38, 100, 100, double.NegativeInfinity,
        ];
        foreach (var chip in new[] { "trn1", "trn2", "trn3" })
        {
            var run = Run(new Case([7, 3], [1], function, DType.Fp32, Chip.Load(chip), 0), rows);
            run.IsNearEach(1e-6);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20011)]
    [InlineData(3 * 65536)]
    public void One_long_axis_uses_what_partitions_it_can(int length)
    {
        var c = new Case([length], [0], "sum", DType.Int32, TestChips.Trn2, 5);
        Run(c, OpGen.Integer(5, length, DType.Int32)).IsExact();
    }

    [Theory]
    [InlineData("median", "[0]", DType.Fp32, "function is median")]
    [InlineData("sum", "[1,0]", DType.Fp32, "ascending")]
    [InlineData("sum", "[2]", DType.Fp32, "axes is [2]")]
    [InlineData("mean", "[0]", DType.Int32, "no integer")]
    public void What_it_cannot_do_is_refused(string function, string axes, DType dtype, string words)
    {
        var graph = new GraphRun();
        graph.Node("reduce", [graph.Input(dtype, [2, 3], new double[6])], $"function={function}", $"axes={axes}");
        var error = Assert.Throws<TrnException>(() => graph.Run("y0", TestChips.Trn2));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private static GraphResult Run(Case c, double[] values)
    {
        var graph = new GraphRun();
        var x = graph.Input(c.DType, c.Shape, values);
        return graph.Run(
            graph.Node("reduce", [x], $"function={c.Function}", $"axes=[{string.Join(',', c.Axes)}]"), c.Chip);
    }

    private static Gen<Case> Cases(Gen<DType> dtypes, params string[] functions) =>
        from shape in OpGen.Shapes(0, 8)
        from mask in Gen.Choose(0, 255)
        from function in Gen.Elements(functions)
        from dtype in dtypes
        from chip in OpGen.Chips
        from seed in Gen.Choose(0, 1 << 20)
        select new Case(
            shape, [.. Enumerable.Range(0, shape.Length).Where(i => (mask >> i & 1) != 0)], function, dtype, chip, seed);
}
