using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics;

/// <summary>Moves rows within groups of partitions; bits are kept.</summary>
public static unsafe class Shuffle
{
    private const int Block = 128;

    /// <summary>
    /// dst[g n + i] = src[g n + sources[i]] for each group g of n = sources.Length partitions and each i that dst has;
    /// where sources[i] is negative, dst keeps its row. Elements of one size; dst may be the very pattern of src, any
    /// other overlap is not allowed.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Move(in Tile dst, in Tile src, ReadOnlySpan<int> sources)
    {
        var rows = stackalloc uint[sources.Length * Block];
        for (var first = 0; first < dst.Partitions; first += sources.Length)
        {
            var taken = sources[..Math.Min(sources.Length, dst.Partitions - first)];
            for (var start = 0; start < dst.Elements; start += Block)
            {
                var count = Math.Min(Block, dst.Elements - start);
                for (var i = 0; i < taken.Length; i++)
                {
                    if (taken[i] >= 0) Rows.LoadBits(src, first + taken[i], start, rows + i * Block, count);
                }

                for (var i = 0; i < taken.Length; i++)
                {
                    if (taken[i] >= 0) Rows.StoreBits(dst, first + i, start, rows + i * Block, count);
                }
            }
        }
    }
}
