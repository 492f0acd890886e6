using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;
using Property = TrnEmu.Tests.Support.Property;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>Products of stacks of matrices, compiled and executed, against plain loops.</summary>
public sealed class MatmulTests
{
    private sealed record Case(int[] A, int[] B, DType Left, DType Right, Chip Chip, int Seed)
    {
        public override string ToString() =>
            $"{Left.Name()}[{string.Join(',', A)}] @ {Right.Name()}[{string.Join(',', B)}] on {Chip.Name}, {Seed}";
    }

    [Fact]
    public void Whole_numbers_are_exact() => Property.ForAll(
        // Up to 3000 products of at most 16: sums below 2^24, and of fp32, bf16 or fp16 factors alike.
        Cases(Gen.Constant(DType.Fp32), OpGen.Floats),
        c => Run(c, OpGen.Whole(c.Seed, OpGen.Count(c.A), -4, 4), OpGen.Whole(c.Seed + 1, OpGen.Count(c.B), -4, 4)).IsExact(), 100);

    [Fact]
    public void Floats_are_near() => Property.ForAll(
        Cases(OpGen.Floats, OpGen.Floats),
        c => OpGen.IsNear(Run(c, OpGen.Real(c.Seed, OpGen.Count(c.A)), OpGen.Real(c.Seed + 1, OpGen.Count(c.B)))), 100);

    [Fact]
    public void Products_of_bytes_are_exact() => Property.ForAll(
        Cases(Gen.Elements(DType.Int8, DType.UInt8), Gen.Elements(DType.Int8, DType.UInt8)),
        c => Run(c, OpGen.Integer(c.Seed, OpGen.Count(c.A), c.Left), OpGen.Integer(c.Seed + 1, OpGen.Count(c.B), c.Right))
            .IsExact(), 60);

    [Theory]
    [InlineData(DType.UInt8, DType.UInt8, 255, 255)]
    [InlineData(DType.Int8, DType.Int8, -128, -128)]
    [InlineData(DType.Int8, DType.UInt8, -127, 255)]
    public void The_largest_bytes_are_exact(DType left, DType right, int a, int b)
    {
        var c = new Case([1, 5001], [5001, 2], left, right, TestChips.Trn2, 0);
        double[] x = [.. Enumerable.Repeat((double)a, 5001)], w = [.. Enumerable.Repeat((double)b, 10002)];
        (x[77], w[3001]) = (Math.Abs(a) - 1, Math.Abs(b) - 2);
        Run(c, x, w).IsExact();
    }

    [Theory]
    [InlineData("trn1")]
    [InlineData("trn2")]
    [InlineData("trn3")]
    public void An_infinity_stays_in_its_row(string chip)
    {
        var c = new Case([3, 40], [40, 2], DType.Bf16, DType.Bf16, Chip.Load(chip), 0);
        var a = OpGen.Whole(3, 120, 1, 3);
        (a[7], a[85]) = (double.PositiveInfinity, double.NaN);
        Run(c, a, OpGen.Whole(4, 80, 1, 3)).IsNearEach(1 / 128.0);
    }

    [Theory]
    [InlineData(DType.Fp32, DType.Fp32, 2, 3, "same", "3 columns meet 2 rows")]
    [InlineData(DType.Int32, DType.Int32, 3, 3, "int32", "expected floats")]
    [InlineData(DType.Int8, DType.Int8, 3, 3, "same", "sums of integers are int32")]
    public void What_it_cannot_do_is_refused(DType left, DType right, int rows, int columns, string dtype, string words)
    {
        var graph = new GraphRun();
        var operands = new[] { graph.Input(left, [3, columns], new double[3 * columns]), graph.Input(right, [rows, 3], new double[rows * 3]) };
        graph.Node("matmul", operands, $"dtype={dtype}");
        Assert.Contains(words, Assert.Throws<TrnException>(() => graph.Run("y0", TestChips.Trn2)).Message, StringComparison.Ordinal);
    }

    private static GraphResult Run(Case c, double[] a, double[] b)
    {
        var graph = new GraphRun();
        string[] operands = [graph.Input(c.Left, c.A, a), graph.Input(c.Right, c.B, b)];
        return graph.Run(graph.Node("matmul", operands, c.Left.IsInteger() ? "dtype=int32" : "dtype=same"), c.Chip);
    }

    private static Gen<Case> Cases(Gen<DType> lefts, Gen<DType> rights) =>
        from batch in Gen.ArrayOf(Gen.Choose(1, 3), 3)
        from ranks in Gen.Two(Gen.Choose(0, 3))
        from ones in Gen.Choose(0, 63)
        from m in Extent
        from k in Gen.Frequency((8, Extent), (1, Gen.Choose(1900, 3000)))
        from n in Gen.Frequency((8, Extent), (1, Gen.Choose(500, 1100)))
        from left in lefts
        from right in rights
        from chip in OpGen.Chips
        from seed in Gen.Choose(0, 1 << 20)
        select new Case([.. Leading(batch, ranks.Item1, ones), m, k], [.. Leading(batch, ranks.Item2, ones >> 3), k, n], left, right, chip, seed);

    private static Gen<int> Extent => Gen.Frequency((1, Gen.Constant(1)), (3, Gen.Choose(2, 40)), (1, Gen.Choose(100, 260)));

    private static IEnumerable<int> Leading(int[] batch, int rank, int ones) =>
        Enumerable.Range(0, 3).Select(i => (ones >> i & 1) != 0 ? 1 : batch[i]).Skip(3 - rank);
}
