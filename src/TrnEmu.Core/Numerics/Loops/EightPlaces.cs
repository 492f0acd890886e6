using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>
/// Where eight values first occur in a row. The row streams by; an element takes the first open slot (the last, for a
/// replacement) whose value equals it in fp32, which closes the slot. So each element answers one slot at most, equal
/// values answer successive elements, -0 equals +0, and NaN nothing.
/// </summary>
internal unsafe ref struct EightPlaces
{
    private const int Slots = 8;

    private readonly float* _values;
    private readonly uint* _places;
    private readonly bool _fromLast;
    private uint _open = (1 << Slots) - 1;

    /// <summary>places[slot] is set when its value occurs; else it keeps what it has.</summary>
    public EightPlaces(float* values, uint* places, bool fromLast)
    {
        _values = values;
        _places = places;
        _fromLast = fromLast;
    }

    /// <summary>True while some value has not occurred.</summary>
    public readonly bool IsOpen => _open != 0;

    /// <summary>
    /// dst[p, slot] = the place in data[p] of vals[p, slot], all ones where there is none.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Find(in Tile dst, in Tile data, in Tile vals)
    {
        var block = stackalloc float[RowBytes.Block];
        var values = stackalloc float[Slots];
        var places = stackalloc uint[Slots];
        for (var p = 0; p < data.Partitions; p++)
        {
            new Span<uint>(places, Slots).Fill(uint.MaxValue);
            Rows.Load(vals, p, 0, values, Slots);
            var search = new EightPlaces(values, places, fromLast: false);
            for (var start = 0; start < data.Elements && search.IsOpen; start += RowBytes.Block)
            {
                var count = Math.Min(RowBytes.Block, data.Elements - start);
                Rows.Load(data, p, start, block, count);
                search.Look(block, start, count, null);
            }

            Rows.StoreBits(dst, p, 0, places, Slots);
        }
    }

    /// <summary>
    /// dst = data with imm where an element answered a slot, bits kept between equal dtypes; dstIdx, where there is
    /// one, as in <see cref="Find"/>.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Replace(in Tile dst, in Tile data, in Tile vals, float imm, in Tile dstIdx, bool hasIdx)
    {
        var block = stackalloc float[RowBytes.Block];
        var bits = stackalloc uint[RowBytes.Block];
        var fill = stackalloc uint[RowBytes.Block];
        var isTaken = stackalloc uint[RowBytes.Block];
        var values = stackalloc float[Slots];
        var places = stackalloc uint[Slots];
        for (var p = 0; p < data.Partitions; p++)
        {
            new Span<uint>(places, Slots).Fill(uint.MaxValue);
            Rows.Load(vals, p, 0, values, Slots);
            var search = new EightPlaces(values, places, fromLast: true);
            for (var start = 0; start < data.Elements; start += RowBytes.Block)
            {
                var count = Math.Min(RowBytes.Block, data.Elements - start);
                Rows.Load(data, p, start, block, count);
                new Span<uint>(isTaken, count).Clear();
                ElementBits.Fill(dst, p, start, imm, fill, count);
                search.Look(block, start, count, isTaken);
                SelectLoop.Load(dst, data, p, start, bits, count);
                SelectLoop.Choose(isTaken, fill, bits, count);
                Rows.StoreBits(dst, p, start, fill, count);
            }

            if (hasIdx) Rows.StoreBits(dstIdx, p, 0, places, Slots);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Look(float* block, int start, int count, uint* isTaken)
    {
        for (var i = 0; i < count && IsOpen; i += 16)
        {
            var hits = Hits(Vector512.Load(block + i));
            if (count - i < 16) hits &= (1u << (count - i)) - 1;
            for (; hits != 0; hits &= hits - 1)
            {
                var at = i + System.Numerics.BitOperations.TrailingZeroCount(hits);
                if (Take(block[at], (uint)(start + at)) && isTaken != null) isTaken[at] = 1;
            }
        }
    }

    /// <summary>Lanes that equal the value of an open slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly uint Hits(Vector512<float> elements)
    {
        var hits = Vector512<float>.Zero;
        for (var open = _open; open != 0; open &= open - 1)
        {
            var slot = System.Numerics.BitOperations.TrailingZeroCount(open);
            hits |= Vector512.Equals(elements, Vector512.Create(_values[slot]));
        }

        return (uint)hits.ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Take(float element, uint place)
    {
        for (var i = 0; i < Slots; i++)
        {
            var slot = _fromLast ? Slots - 1 - i : i;
            if ((_open >> slot & 1) == 0 || _values[slot] != element) continue;
            _places[slot] = place;
            _open &= ~(1u << slot);
            return true;
        }

        return false;
    }
}
