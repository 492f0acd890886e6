using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>Random shapes, values and chips for operations of graphs.</summary>
internal static class OpCases
{
    private const int MaxElements = 60_000;

    private static readonly Chip[] Chips = [Chip.Load("trn1"), Chip.Load("trn2"), Chip.Load("trn3")];

    /// <summary>Seeds of random cases.</summary>
    public static Gen<int> Seeds { get; } = Gen.Choose(0, int.MaxValue - 1);

    public static Chip AnyChip(Random random) => Chips[random.Next(Chips.Length)];

    public static T OneOf<T>(Random random, IReadOnlyList<T> list) => list[random.Next(list.Count)];

    /// <summary>Rank 0 to 5, extents of 1, small, around 128 or long, up to 60000 elements in all.</summary>
    public static int[] Shape(Random random, int minRank = 0, int maxRank = 5)
    {
        var shape = new int[random.Next(minRank, maxRank + 1)];
        var room = MaxElements;
        foreach (var d in Enumerable.Range(0, shape.Length).OrderBy(_ => random.Next()).ToArray())
        {
            var extent = random.Next(6) switch
            {
                0 => 1,
                1 => random.Next(126, 131),
                2 => random.Next(1, 1 << random.Next(1, 16)),
                _ => random.Next(1, 9),
            };
            shape[d] = Math.Min(extent, room);
            room /= shape[d];
        }

        return shape;
    }

    public static int Elements(int[] shape) => shape.Aggregate(1, (n, e) => n * e);

    /// <summary>Integers of the whole range, small ones and those at the ends; floats around 1 of either sign, halves and
    /// some of other sizes; where asked, NaN and infinities.</summary>
    public static double[] Values(Random random, DType dtype, int count, bool hasSpecial = false)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++) values[i] = dtype.IsFloat() ? Float(random, hasSpecial) : Integer(random, dtype);
        return values;
    }

    public static string List<T>(IEnumerable<T> values) => $"[{string.Join(',', values)}]";

    private static double Float(Random random, bool hasSpecial) => random.Next(12) switch
    {
        0 when hasSpecial => OneOf(random, [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0]),
        0 => 0,
        1 => random.Next(-8, 9) / 2.0,
        2 => (random.NextDouble() - 0.5) * 400,
        _ => (random.NextDouble() - 0.5) * 6,
    };

    private static double Integer(Random random, DType dtype)
    {
        var width = 8 * dtype.Size();
        var isSigned = dtype is DType.Int32 or DType.Int16 or DType.Int8;
        var (low, high) = isSigned ? (-(1L << (width - 1)), (1L << (width - 1)) - 1) : (0, (1L << width) - 1);
        var value = random.Next(6) switch
        {
            0 => low + random.Next(3),
            1 => high - random.Next(3),
            2 => random.NextInt64(low, high + 1),
            3 => random.NextInt64(low, high + 1) >> random.Next(width),
            _ => random.Next(-10, 11),
        };
        return Math.Clamp(value, low, high);
    }
}
