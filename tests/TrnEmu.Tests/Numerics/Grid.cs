using System.Buffers.Binary;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Numerics;

/// <summary>
/// A matrix of raw elements placed in a block under a random pattern of one to four levels. It knows the offset of
/// each element from the way it was placed, not from the tile.
/// </summary>
internal sealed class Grid : IDisposable
{
    private readonly NativeBlock _block;
    private readonly long[] _columnOffsets;
    private readonly long _start;
    private readonly long _partitionStride;

    /// <summary>Places rows × columns elements; plain: one level without gaps.</summary>
    public Grid(Random random, int rows, int columns, DType dtype, bool plain)
    {
        (Rows, Columns, DType) = (rows, columns, dtype);
        var size = dtype.Size();
        var counts = plain ? [columns] : Factors(random, columns);
        var strides = new long[counts.Length];
        var span = (long)size;
        for (var i = counts.Length - 1; i >= 0; i--)
        {
            strides[i] = span + (plain ? 0 : size * random.Next(3));
            span = strides[i] * (counts[i] - 1) + span;
        }

        _partitionStride = span + size * random.Next(5);
        _start = size * random.Next(7);
        _columnOffsets = Offsets(counts, strides);
        _block = new NativeBlock(_start + _partitionStride * rows);
        random.NextBytes(_block.Span(0, (int)_block.Length));
        Tile = _block.Tile(_start, rows, _partitionStride, dtype, counts, strides);
    }

    public int Rows { get; }

    public int Columns { get; }

    public DType DType { get; }

    public Tile Tile { get; }

    /// <summary>Every byte of the block, gaps included.</summary>
    public byte[] All => _block.Span(0, (int)_block.Length).ToArray();

    /// <summary>The bits of one element.</summary>
    public uint this[int row, int column]
    {
        get => DType.Size() switch
        {
            4 => BinaryPrimitives.ReadUInt32LittleEndian(At(row, column)),
            2 => BinaryPrimitives.ReadUInt16LittleEndian(At(row, column)),
            _ => At(row, column)[0],
        };
        set
        {
            var at = At(row, column);
            for (var i = 0; i < at.Length; i++) at[i] = (byte)(value >> (8 * i));
        }
    }

    /// <summary>The value of one element of a float dtype.</summary>
    public float Value(int row, int column) => Oracle.Value(DType, this[row, column]);

    /// <summary>True when the bytes that belong to no element are those of a copy of <see cref="All"/>.</summary>
    public bool LeftGapsAs(byte[] before)
    {
        var inside = new bool[before.Length];
        for (var row = 0; row < Rows; row++)
        {
            foreach (var offset in _columnOffsets)
                inside.AsSpan((int)(_start + row * _partitionStride + offset), DType.Size()).Fill(true);
        }

        var now = All;
        return Enumerable.Range(0, now.Length).All(i => inside[i] || now[i] == before[i]);
    }

    public void Dispose() => _block.Dispose();

    private Span<byte> At(int row, int column) =>
        _block.Span(_start + row * _partitionStride + _columnOffsets[column], DType.Size());

    private static int[] Factors(Random random, int n)
    {
        var factors = new List<int>();
        while (factors.Count < 3)
        {
            var divisors = Enumerable.Range(1, n).Where(d => n % d == 0).ToArray();
            factors.Add(divisors[random.Next(divisors.Length)]);
            n /= factors[^1];
        }

        return [.. factors, n];
    }

    private static long[] Offsets(int[] counts, long[] strides)
    {
        long[] offsets = [0];
        for (var i = 0; i < counts.Length; i++)
            offsets = [.. offsets.SelectMany(o => Enumerable.Range(0, counts[i]).Select(n => o + n * strides[i]))];
        return offsets;
    }
}
