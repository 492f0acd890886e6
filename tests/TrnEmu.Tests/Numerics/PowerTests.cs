using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Numerics;

/// <summary>x^y against the fp64 of the library.</summary>
public sealed class PowerTests
{
    private static readonly float[] Specials =
    [
        0f, -0f, 1f, -1f, 2f, -2f, 3f, 0.5f, -0.5f, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
        float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, 16777216f, 16777215f, 127f, -126f, -149f,
        1.0000001f, 0.99999994f,
    ];

    [Fact]
    public void Powers_are_within_one_unit_in_the_last_place()
    {
        var random = new Random(5);
        var pairs = Specials.SelectMany(x => Specials.Select(y => (x, y))).ToList();
        for (var i = 0; i < 100_000; i++)
        {
            var x = (float)Math.Exp((random.NextDouble() - 0.5) * 60) * (random.Next(4) == 0 ? -1 : 1);
            pairs.Add((x, random.Next(2) == 0 ? random.Next(-20, 21) : (float)((random.NextDouble() - 0.5) * 20)));
        }

        var n = pairs.Count;
        using var block = new NativeBlock(12L * n);
        var tiles = Enumerable.Range(0, 3).Select(i => block.Tile(4L * n * i, 1, 0, DType.Fp32, [n], [4])).ToArray();
        Rows.Store(tiles[0], 0, 0, [.. pairs.Select(p => p.x)]);
        Rows.Store(tiles[1], 0, 0, [.. pairs.Select(p => p.y)]);
        Elementwise.Binary(AluOp.Power, tiles[2], tiles[0], tiles[1]);
        var results = new float[n];
        Rows.Load(tiles[2], 0, 0, results);
        for (var i = 0; i < n; i++)
        {
            var expected = (float)Math.Pow(pairs[i].x, pairs[i].y);
            var near = expected.Equals(results[i]) || MathF.BitIncrement(expected) == results[i]
                || MathF.BitDecrement(expected) == results[i];
            Assert.True(
                near && (float.IsNaN(expected) || float.IsNegative(expected) == float.IsNegative(results[i])),
                FormattableString.Invariant($"{pairs[i].x:R}^{pairs[i].y:R} is {results[i]:R}, not {expected:R}"));
        }
    }
}
