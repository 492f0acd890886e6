using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics;

/// <summary>Finds places of elements within a partition, fp32 or int32.</summary>
internal static unsafe class Searches
{
    /// <summary>
    /// dst[p, …] = i + offset for each src[p, i] ≠ 0, ascending, then padding, and last their number; for one p.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Nonzero(in Tile dst, in Tile src, int partition, int offset, int padding)
    {
        var found = 0;
        var bits = stackalloc uint[RowBytes.Block];
        for (var start = 0; start < src.Elements; start += RowBytes.Block)
        {
            var count = Math.Min(RowBytes.Block, src.Elements - start);
            Rows.LoadBits(src, partition, start, bits, count);
            var places = 0;
            for (var i = 0; i < count; i++)
            {
                // Both zeros of fp32 are 0; the bits behind the sign decide.
                if ((src.DType == DType.Fp32 ? bits[i] << 1 : bits[i]) != 0) bits[places++] = (uint)(start + i + offset);
            }

            Rows.StoreBits(dst, partition, found, bits, places);
            found += places;
        }

        for (var i = found; i < src.Elements; i += RowBytes.Block)
        {
            var count = Math.Min(RowBytes.Block, src.Elements - i);
            new Span<uint>(bits, count).Fill((uint)padding);
            Rows.StoreBits(dst, partition, i, bits, count);
        }

        bits[0] = (uint)found;
        Rows.StoreBits(dst, partition, src.Elements, bits, 1);
    }

    /// <summary>
    /// With n ids: dst[0, i] = the first place, dst[0, n + i] = one past the last place of the run of equal ids around
    /// i; n and -1 where the id is 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SegmentBounds(in Tile dst, in Tile ids)
    {
        var n = ids.Elements;
        for (var start = 0; start < n;)
        {
            var end = start + 1;
            var isPadding = IsEqual(ids, start, 0u);
            while (!isPadding && end < n && IsEqual(ids, end, BitsAt(ids, start))) end++;
            for (var i = start; i < end; i++)
            {
                StoreAt(dst, i, isPadding ? n : start);
                StoreAt(dst, n + i, isPadding ? -1 : end);
            }

            start = end;
        }
    }

    private static bool IsEqual(in Tile ids, int element, uint bits)
    {
        var own = BitsAt(ids, element);
        return ids.DType == DType.Fp32
            ? BitConverter.UInt32BitsToSingle(own) == BitConverter.UInt32BitsToSingle(bits)
            : own == bits;
    }

    private static uint BitsAt(in Tile tile, int element)
    {
        uint bits;
        Rows.LoadBits(tile, 0, element, &bits, 1);
        return bits;
    }

    private static void StoreAt(in Tile tile, int element, int value) => Rows.StoreInt(tile, 0, element, new ReadOnlySpan<int>(in value));
}
