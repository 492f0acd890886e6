using TrnEmu.Core.Numerics;
using Xunit;

namespace TrnEmu.Tests.Numerics;

/// <summary>Copies and transpositions: every element arrives with its bits, and no byte in the gaps changes.</summary>
public sealed class MoveTests
{
    private static readonly DType[] Sizes = [DType.Int8, DType.Bf16, DType.Fp32];

    [Fact]
    public void Transposition_mirrors_every_element()
    {
        for (var seed = 0; seed < 120; seed++)
        {
            var random = new Random(seed);
            var dtype = Sizes[seed % 3];
            var (rows, columns) = (random.Next(1, 129), random.Next(1, 129));
            using var src = new Grid(random, rows, columns, dtype, plain: random.Next(2) == 0);
            using var dst = new Grid(random, columns, rows, dtype, plain: random.Next(2) == 0);
            var before = dst.All;
            Transpose.Move(dst.Tile, src.Tile);
            Expect(dst, before, (j, i) => src[i, j], $"seed {seed}");
        }
    }

    [Fact]
    public void Copy_follows_both_patterns()
    {
        for (var seed = 0; seed < 120; seed++)
        {
            var random = new Random(seed);
            var dtype = Sizes[seed % 3];
            var (p, q, r) = (random.Next(1, 20), random.Next(1, 20), random.Next(1, 20));
            using var src = new Grid(random, p, q * r, dtype, plain: random.Next(2) == 0);
            using var dst = new Grid(random, p * q, r, dtype, plain: random.Next(2) == 0);
            var before = dst.All;
            Bytes.Copy(dst.Tile, src.Tile);
            Expect(dst, before, (i, j) => src[(i * r + j) / (q * r), (i * r + j) % (q * r)], $"seed {seed}");
        }
    }

    [Fact]
    public void Sizes_that_differ_are_refused()
    {
        var random = new Random(1);
        using var a = new Grid(random, 4, 8, DType.Bf16, plain: true);
        using var b = new Grid(random, 8, 4, DType.Fp32, plain: true);
        using var c = new Grid(random, 8, 5, DType.Bf16, plain: true);
        Assert.Throws<ArgumentException>(() => Bytes.Copy(b.Tile, a.Tile));
        Assert.Throws<ArgumentException>(() => Bytes.Copy(c.Tile, a.Tile));
        Assert.Throws<ArgumentException>(() => Transpose.Move(b.Tile, a.Tile));
        Assert.Throws<ArgumentException>(() => Transpose.Move(c.Tile, a.Tile));
    }

    internal static void Expect(Grid dst, byte[] before, Func<int, int, uint> expected, string seed)
    {
        for (var i = 0; i < dst.Rows; i++)
        {
            for (var j = 0; j < dst.Columns; j++)
                Assert.True(expected(i, j) == dst[i, j], $"{seed}: element [{i}, {j}] of {dst.Rows} × {dst.Columns}");
        }

        Assert.True(dst.LeftGapsAs(before), $"{seed}: a byte between the elements changed");
    }
}
