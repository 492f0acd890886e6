using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;
using Property = TrnEmu.Tests.Support.Property;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>Rows put into a table or added to it, most ids more than once, against plain loops.</summary>
public sealed class ScatterRowsTests
{
    private sealed record Case(int V, int W, int T, string Function, DType DType, Chip Chip, int Seed)
    {
        public override string ToString() =>
            $"{T} rows {Function} to {DType.Name()}[{V},{W}] on {Chip.Name}, {Seed}";
    }

    [Fact]
    public void Integers_are_exact() => Property.ForAll(
        Cases(OpGen.Integers, "none", "add"), c => Run(c, n => OpGen.Integer(c.Seed, n, c.DType)).IsExact(), 80);

    [Fact]
    public void The_last_of_floats_stays() => Property.ForAll(
        Cases(OpGen.Floats, "none"), c => Run(c, n => OpGen.Real(c.Seed, n)).IsExact(), 60);

    [Fact]
    public void Sums_of_floats_are_near() => Property.ForAll(
        Cases(OpGen.Floats, "add"), c => OpGen.IsNear(Run(c, n => OpGen.Real(c.Seed, n))), 60);

    [Theory]
    [InlineData("trn1")]
    [InlineData("trn2")]
    [InlineData("trn3")]
    public void Infinities_and_NaN_reach_their_rows_only(string chip)
    {
        var c = new Case(5, 7, 150, "add", DType.Fp32, Chip.Load(chip), 3);
        var result = Run(c, n =>
        {
            var values = OpGen.Whole(3, n, -9, 9);
            for (var i = 3; i < n && n > 40; i += 97)
                values[i] = (i % 3) switch { 0 => double.NegativeInfinity, 1 => double.PositiveInfinity, _ => double.NaN };
            return values;
        });
        result.IsExact();
        Assert.Contains(result.Values, double.IsFinite);
        Assert.Contains(result.Values, double.IsNaN);
        Assert.Contains(result.Values, double.IsInfinity);
    }

    private static GraphResult Run(Case c, Func<long, double[]> values)
    {
        var graph = new GraphRun();
        var all = values((long)c.V * c.W + (long)c.T * c.W);
        string[] operands =
        [
            graph.Input(c.DType, [c.V, c.W], all[..(c.V * c.W)]),
            graph.Input(DType.Int32, [c.T, 1], OpGen.Whole(c.Seed + 1, c.T, 0, c.V - 1)),
            graph.Input(c.DType, [c.T, c.W], all[(c.V * c.W)..]),
        ];
        return graph.Run(graph.Node("scatter_rows", operands, $"function={c.Function}"), c.Chip);
    }

    private static Gen<Case> Cases(Gen<DType> dtypes, params string[] functions) =>
        from v in Gen.Choose(1, 150)
        from w in Gen.Frequency((6, Gen.Choose(1, 40)), (1, Gen.Choose(500, 1100)), (1, Gen.Choose(4090, 4200)))
        from t in Gen.Frequency((5, Gen.Choose(1, 60)), (1, Gen.Choose(120, 300)))
        from function in Gen.Elements(functions)
        from dtype in dtypes
        from chip in OpGen.Chips
        from seed in Gen.Choose(0, 1 << 20)
        select new Case(w > 2000 ? Math.Min(v, 20) : v, w, w > 2000 ? Math.Min(t, 30) : t, function, dtype, chip, seed);
}
