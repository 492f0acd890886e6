using System.Buffers;
using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics;

/// <summary>The largest elements of bf16 lists that lie across a group of partitions, column after column.</summary>
internal static class Selection
{
    /// <summary>
    /// The K largest of n elements of one group, ascending, K being the elements of a partition of
    /// <paramref name="values"/>: values takes their bits, <paramref name="places"/> where they were. Element i of every
    /// list is element i / group of partition first + i % group. NaN is above all; of equal elements the first counts
    /// as larger.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Largest(in Tile values, in Tile places, in Tile src, int first, int group, int n)
    {
        var rented = ArrayPool<uint>.Shared.Rent(2 * n);
        var bits = rented.AsSpan(0, n);
        var keys = rented.AsSpan(n, n);
        for (var r = 0; r < Math.Min(group, n); r++) Load(src, first, r, group, bits);
        for (var i = 0; i < n; i++) keys[i] = Rank(bits[i]) << 16 | (uint)(ushort.MaxValue - i);
        keys.Sort();
        var largest = keys[^values.Elements..];
        for (var r = 0; r < Math.Min(group, largest.Length); r++)
        {
            for (var j = r; j < largest.Length; j += group)
            {
                var place = ushort.MaxValue - (largest[j] & ushort.MaxValue);
                Rows.StoreBits(places, first + r, j / group, [place]);
                Rows.StoreBits(values, first + r, j / group, [bits[(int)place]]);
            }
        }

        ArrayPool<uint>.Shared.Return(rented);
    }

    /// <summary>list[r], list[r + group], … = the bits of partition first + r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Load(in Tile src, int first, int r, int group, Span<uint> list)
    {
        Span<uint> block = stackalloc uint[RowBytes.Block];
        for (int start = 0, i = r; i < list.Length; start += RowBytes.Block)
        {
            var count = Math.Min(RowBytes.Block, (list.Length - i + group - 1) / group);
            Rows.LoadBits(src, first + r, start, block[..count]);
            for (var c = 0; c < count; c++, i += group) list[i] = block[c];
        }
    }

    /// <summary>16 bits in the order of the bf16 numbers: both zeros are one, all NaN are the largest.</summary>
    private static uint Rank(uint bits)
    {
        const uint Sign = 0x8000, Infinity = 0x7f80;
        var magnitude = bits & ~Sign;
        if (magnitude > Infinity) return ushort.MaxValue;
        return (bits & Sign) == 0 ? Sign + magnitude : Sign - magnitude;
    }
}
