using System.Runtime.CompilerServices;
using TrnEmu.Core.Numerics.Loops;

namespace TrnEmu.Core.Numerics;

/// <content>Constants, integer sequences and selections.</content>
public static unsafe partial class Elementwise
{
    /// <summary>
    /// dst = value, rounded to dst's dtype from fp32, or for 32-bit integers from the number itself (saturated).
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(in Tile dst, double value)
    {
        var buffer = stackalloc uint[RowBytes.Block];
        var isAlike = !dst.Rounding.Concerns(dst.DType);
        if (isAlike) ElementBits.Fill(dst, 0, 0, value, buffer, Math.Min(RowBytes.Block, dst.Elements));
        for (var p = 0; p < dst.Partitions; p++)
        {
            for (var start = 0; start < dst.Elements; start += RowBytes.Block)
            {
                var count = Math.Min(RowBytes.Block, dst.Elements - start);
                if (!isAlike) ElementBits.Fill(dst, p, start, value, buffer, count);
                Rows.StoreBits(dst, p, start, buffer, count);
            }
        }
    }

    /// <summary>
    /// dst = the pattern's integers, saturated to an integer dtype or rounded through fp32 to a float dtype.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Iota(in Tile dst, in AffinePattern pattern)
    {
        Span<int> buffer = stackalloc int[RowBytes.Block];
        for (var p = 0; p < dst.Partitions; p++)
        {
            for (var start = 0; start < dst.Elements; start += RowBytes.Block)
            {
                var block = buffer[..Math.Min(RowBytes.Block, dst.Elements - start)];
                pattern.Fill(p, start, block);
                Rows.StoreInt(dst, p, start, block);
            }
        }
    }

    /// <summary>
    /// dst = (v cmp 0) ? src : fill, v the pattern's integers, cmp a comparison. src moves bit by bit when the dtypes
    /// are equal, else through fp32; fill is rounded as by <see cref="Fill"/>.
    /// </summary>
    public static void Select(in Tile dst, in Tile src, in AffinePattern pattern, AluOp cmp, float fill) =>
        SelectLoop.Affine(dst, src, pattern, cmp, fill);

    /// <summary>
    /// dst = (predicate ≠ 0) ? src : dst, or with <paramref name="reverse"/> where predicate = 0. A predicate is 0 when
    /// all its bits are (integers). src moves bit by bit when the dtypes are equal, else through fp32.
    /// </summary>
    public static void CopyPredicated(in Tile dst, in Tile src, in Tile predicate, bool reverse = false) =>
        SelectLoop.Predicated(dst, src, hasSource: true, 0, predicate, reverse);

    /// <summary>dst = (predicate ≠ 0) ? value : dst, or with <paramref name="reverse"/> where predicate = 0.</summary>
    public static void CopyPredicated(in Tile dst, double value, in Tile predicate, bool reverse = false) =>
        SelectLoop.Predicated(dst, default, hasSource: false, value, predicate, reverse);
}
