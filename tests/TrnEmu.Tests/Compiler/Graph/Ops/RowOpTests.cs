using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;
using Property = TrnEmu.Tests.Support.Property;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>Softmax and running sums along the last axis, compiled and executed, against plain loops.</summary>
public sealed class RowOpTests
{
    private sealed record Case(int[] Shape, DType DType, Chip Chip, int Seed)
    {
        public override string ToString() => $"{DType.Name()}[{string.Join(',', Shape)}] on {Chip.Name}, {Seed}";
    }

    [Fact]
    public void Softmax_is_near() => Property.ForAll(
        from c in Cases(OpGen.Floats)
        from log in Gen.Choose(0, 1)
        select (c, log),
        t => OpGen.IsNear(Run(t.c, "softmax", OpGen.Real(t.c.Seed, OpGen.Count(t.c.Shape), 8), $"log={t.log}")), 100);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Softmax_of_infinities_is_as_in_numpy(int log)
    {
        const double Inf = double.PositiveInfinity;
        double[] rows = [1, -Inf, 2, -Inf, -Inf, -Inf, 0, Inf, 1, double.NaN, 0, 0, -1.5e38, 1.5e38, 0, 50, 50, -Inf];
        foreach (var chip in new[] { "trn1", "trn2", "trn3" })
            Run(new Case([6, 3], DType.Fp32, Chip.Load(chip), 0), "softmax", rows, $"log={log}").IsNearEach(1e-5, 1e-30);
    }

    [Theory]
    [InlineData(DType.Fp32, 0)]
    [InlineData(DType.Bf16, 1)]
    public void Long_rows_come_in_parts(DType dtype, int log)
    {
        var c = new Case([3, 20_001], dtype, TestChips.Trn2, 1);
        Run(c, "softmax", OpGen.Real(1, 60_003, 8), $"log={log}").IsNear();
    }

    [Fact]
    public void Running_sums_of_integers_are_exact() => Property.ForAll(
        Sums(OpGen.Integers),
        t => Run(t.Case, "cumsum", OpGen.Integer(t.Case.Seed, OpGen.Count(t.Case.Shape), t.Case.DType), t.Flags).IsExact(), 100);

    [Fact]
    public void Running_sums_of_whole_floats_are_exact() => Property.ForAll(
        // fp32 holds every sum of up to 10 000 numbers of at most 100.
        Sums(Gen.Constant(DType.Fp32)),
        t => Run(t.Case, "cumsum", OpGen.Whole(t.Case.Seed, OpGen.Count(t.Case.Shape), -100, 100), t.Flags).IsExact(), 60);

    [Fact]
    public void Running_sums_of_floats_are_near() => Property.ForAll(
        Sums(OpGen.Floats),
        t => OpGen.IsNear(Run(t.Case, "cumsum", OpGen.Real(t.Case.Seed, OpGen.Count(t.Case.Shape)), t.Flags)), 60);

    private static GraphResult Run(Case c, string op, double[] values, params string[] attributes)
    {
        var graph = new GraphRun();
        return graph.Run(graph.Node(op, [graph.Input(c.DType, c.Shape, values)], attributes), c.Chip);
    }

    private static Gen<(Case Case, string[] Flags)> Sums(Gen<DType> dtypes) =>
        from c in Cases(dtypes)
        from exclusive in Gen.Choose(0, 1)
        from reverse in Gen.Choose(0, 1)
        select (c, new[] { $"exclusive={exclusive}", $"reverse={reverse}" });

    private static Gen<Case> Cases(Gen<DType> dtypes) =>
        from shape in Gen.Frequency((9, OpGen.Shapes(1, 5, 10_000)), (1, Gen.Choose(4000, 10_000).Select(n => new[] { 2, n })))
        from dtype in dtypes
        from chip in OpGen.Chips
        from seed in Gen.Choose(0, 1 << 20)
        select new Case(shape, dtype, chip, seed);
}
