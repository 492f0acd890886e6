using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;
using Property = TrnEmu.Tests.Support.Property;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>The largest and smallest elements and their places, compiled and executed, against a stable sort.</summary>
public sealed class TopKTests
{
    private sealed record Case(int[] Shape, int K, int Largest, string Output, DType DType, Chip Chip, int Seed)
    {
        public override string ToString() =>
            $"{Output} of {K} (largest {Largest}) of {DType.Name()}[{string.Join(',', Shape)}] on {Chip.Name}, {Seed}";
    }

    [Fact]
    public void Any_integers_are_ranked() => Property.ForAll(
        Cases(OpGen.Integers), c => Run(c, OpGen.Integer(c.Seed, OpGen.Count(c.Shape), c.DType)).IsExact(), 80);

    [Fact]
    public void Equal_integers_keep_their_order() => Property.ForAll(
        Cases(OpGen.Integers), c => Run(c, OpGen.Whole(c.Seed, OpGen.Count(c.Shape), 0, 3)).IsExact(), 80);

    [Fact]
    public void Floats_are_ranked_with_infinities_and_equal_ones() => Property.ForAll(
        Cases(OpGen.Floats), c => Run(c, Special(c.Seed, OpGen.Count(c.Shape), c.DType)).IsExact(), 200);

    [Theory]
    [InlineData(DType.Fp32, 1, 9001, 20)]
    [InlineData(DType.Bf16, 0, 9001, 500)]
    [InlineData(DType.Int32, 1, 5000, 3)]
    [InlineData(DType.Fp32, 0, 4096, 4096)]
    [InlineData(DType.Fp32, 1, 4097, 2048)]
    public void Long_rows_come_in_parts(DType dtype, int largest, int columns, int k)
    {
        foreach (var output in new[] { "values", "indices" })
        {
            var c = new Case([2, columns], k, largest, output, dtype, Chip.Load(largest == 1 ? "trn1" : "trn3"), 9);
            Run(c, dtype.IsInteger() ? OpGen.Integer(9, 2 * columns, dtype) : Special(9, 2 * columns, dtype)).IsExact();
        }
    }

    [Theory]
    [InlineData(5000, 2049, "limit 2048")]
    [InlineData(7, 8, "expected 1 to 7")]
    public void What_it_cannot_do_is_refused(int columns, int k, string words)
    {
        var error = Assert.Throws<TrnException>(
            () => Run(new Case([1, columns], k, 1, "values", DType.Fp32, TestChips.Trn2, 0), new double[columns]));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Few different numbers, with both infinities, both zeros, NaN and the lowest finite number.</summary>
    private static double[] Special(int seed, long count, DType dtype)
    {
        var lowest = dtype switch
        {
            DType.Fp32 => float.MinValue,
            DType.Tf32 => -(2 - Math.ScaleB(1, -10)) * Math.ScaleB(1, 127),
            DType.Bf16 => -(2 - Math.ScaleB(1, -7)) * Math.ScaleB(1, 127),
            DType.Fp16 => -65504,
            DType.Fp8E5M2 => -57344,
            _ => -240,
        };
        double[] pool = [double.NegativeInfinity, lowest, -lowest, double.PositiveInfinity, 0, -0.0, double.NaN];
        var random = new Random(seed);
        var rare = random.Next(1, 12);
        return [.. Enumerable.Range(0, (int)count).Select(
            _ => random.Next(rare) == 0 ? pool[random.Next(pool.Length)] : random.Next(-40, 40) / 8.0)];
    }

    private static GraphResult Run(Case c, double[] values)
    {
        var graph = new GraphRun();
        string[] attributes = [$"k={c.K}", $"largest={c.Largest}", $"output={c.Output}"];
        return graph.Run(graph.Node("topk", [graph.Input(c.DType, c.Shape, values)], attributes), c.Chip);
    }

    private static Gen<Case> Cases(Gen<DType> dtypes) =>
        from shape in OpGen.Shapes(1, 4, 3000)
        from part in Gen.Choose(1, 100)
        from largest in Gen.Choose(0, 1)
        from output in Gen.Elements("values", "indices")
        from dtype in dtypes
        from chip in OpGen.Chips
        from seed in Gen.Choose(0, 1 << 20)
        select new Case(shape, Math.Max(1, shape[^1] * part / 100), largest, output, dtype, chip, seed);
}
