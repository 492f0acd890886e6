using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics;

/// <summary>Picks elements of a partition by index; bits are kept.</summary>
internal static unsafe class Gathers
{
    /// <summary>The first index of a partition that is not below <paramref name="limit"/>; null when all are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long? FirstOutside(in Tile indices, int partition, int limit)
    {
        var block = stackalloc uint[RowBytes.Block];
        for (var start = 0; start < indices.Elements; start += RowBytes.Block)
        {
            var count = Math.Min(RowBytes.Block, indices.Elements - start);
            Rows.LoadBits(indices, partition, start, block, count);
            for (var i = 0; i < count; i++)
            {
                if (block[i] >= (uint)limit) return block[i];
            }
        }

        return null;
    }

    /// <summary>dst[p, i] = data[p, indices[p, i]] for one p; the indices are within data.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pick(in Tile dst, in Tile data, in Tile indices, int partition)
    {
        var places = stackalloc uint[RowBytes.Block];
        var picked = stackalloc uint[RowBytes.Block];
        for (var start = 0; start < dst.Elements; start += RowBytes.Block)
        {
            var count = Math.Min(RowBytes.Block, dst.Elements - start);
            Rows.LoadBits(indices, partition, start, places, count);
            for (var i = 0; i < count; i++) Rows.LoadBits(data, partition, (int)places[i], picked + i, 1);
            Rows.StoreBits(dst, partition, start, picked, count);
        }
    }

    /// <summary>
    /// list[i] = element (first + i % group, i / group) of the tile: columns over a group of partitions, one after the
    /// other.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Flatten(in Tile tile, int first, int group, Span<uint> list)
    {
        fixed (uint* to = list)
        {
            for (var i = 0; i < list.Length; i++) Rows.LoadBits(tile, first + i % group, i / group, to + i, 1);
        }
    }

    /// <summary>dst[p, i n + j] = src[p, places[i] + j] for one p and j below n; the places are within src.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PickRuns(in Tile dst, in Tile src, int partition, ReadOnlySpan<uint> places, int n)
    {
        var run = stackalloc uint[n];
        for (var i = 0; i < places.Length; i++)
        {
            Rows.LoadBits(src, partition, (int)places[i], run, n);
            Rows.StoreBits(dst, partition, i * n, run, n);
        }
    }
}
