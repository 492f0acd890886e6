using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Numerics;

/// <summary>
/// Random operands of one size: grids with values worth computing with, specials and ties among them.
/// </summary>
internal sealed class Case(int seed) : IDisposable
{
    private static readonly float[] Specials =
    [
        0f, -0f, 1f, -1f, 0.5f, 1.5f, 2.5f, -2.5f, float.NaN, float.PositiveInfinity, float.NegativeInfinity,
        float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon, 1.1754942e-38f, 65504f, 65520f, 127.5f, 255.5f,
        -128.5f, 32767.5f, 1.00390625f, 1.01171875f, 2147483648f, 4294967296f, 16777217f,
    ];

    private readonly List<Grid> _grids = [];

    public Random Random { get; } = new(seed);

    public int Rows { get; } = new Random(seed).Next(1, 9);

    public int Columns { get; } = seed % 8 == 0 ? 1024 + (seed % 100) : 1 + (seed * 37 % 90);

    public DType AnyDType() => DTypes.Arithmetic[Random.Next(DTypes.Arithmetic.Count)];

    public T Any<T>(IReadOnlyList<T> values) => values[Random.Next(values.Count)];

    public Grid Grid(DType dtype) => Grid(dtype, Columns);

    /// <summary>A grid of random bits when <paramref name="bits"/>, else of values.</summary>
    public Grid Grid(DType dtype, int columns, bool bits = false)
    {
        var grid = new Grid(Random, Rows, columns, dtype, plain: Random.Next(2) == 0);
        _grids.Add(grid);
        for (var i = 0; i < Rows && !bits; i++)
        {
            for (var j = 0; j < columns; j++) grid[i, j] = Oracle.Bits(dtype, Number());
        }

        return grid;
    }

    /// <summary>A scalar operand, and its value in each row.</summary>
    public Operand Operand(out Func<int, float> value)
    {
        if (Random.Next(2) == 0)
        {
            var constant = Number();
            value = _ => constant;
            return constant;
        }

        var column = Grid(DType.Fp32, 1);
        value = i => Oracle.Value(DType.Fp32, column[i, 0]);
        return Core.Numerics.Operand.Column(column.Tile);
    }

    public float Number() => Random.Next(4) switch
    {
        0 => Specials[Random.Next(Specials.Length)],
        1 => (float)((Random.NextDouble() - 0.5) * Math.Pow(10, Random.Next(-6, 6))),
        _ => (Random.Next(-40, 41) + 0f) / 8,
    };

    public void Dispose() => _grids.ForEach(g => g.Dispose());
}
