using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// Moves the elements of a tile, in pattern order, between their places and contiguous memory; bits are kept.
/// </summary>
internal static unsafe class RowBytes
{
    /// <summary>
    /// Elements a loop handles at a time: three fp32 blocks and their raw bytes stay within the first-level cache.
    /// </summary>
    public const int Block = 1024;

    /// <summary>
    /// Address of element <paramref name="start"/> of a partition when those after it follow without gaps, else null.
    /// </summary>
    public static byte* Direct(in Tile tile, int partition, int start) => tile.IsRow
        ? tile.Base + partition * tile.PartitionStride + (long)start * tile.DType.Size()
        : null;

    /// <summary>to[i] = element start + i of the partition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(in Tile tile, int partition, int start, byte* to, int count)
    {
        var size = tile.DType.Size();
        var runs = new Runs(tile, partition, start, count);
        while (runs.Next(out var address, out var length))
        {
            Bytes.Run(to, size, address, tile.Stride3, length, size);
            to += (long)length * size;
        }
    }

    /// <summary>Element start + i of the partition = from[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scatter(in Tile tile, int partition, int start, byte* from, int count)
    {
        var size = tile.DType.Size();
        var runs = new Runs(tile, partition, start, count);
        while (runs.Next(out var address, out var length))
        {
            Bytes.Run(address, tile.Stride3, from, size, length, size);
            from += (long)length * size;
        }
    }
}
