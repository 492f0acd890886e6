using System.Diagnostics;
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
    public static void Fill(in Tile dst, double value)
    {
        var buffer = stackalloc uint[RowBytes.Block];
        new Span<uint>(buffer, Math.Min(RowBytes.Block, dst.Elements)).Fill(BitsOf(dst.DType, value));
        for (var p = 0; p < dst.Partitions; p++)
        {
            for (var start = 0; start < dst.Elements; start += RowBytes.Block)
            {
                Rows.StoreBits(dst, p, start, buffer, Math.Min(RowBytes.Block, dst.Elements - start));
            }
        }
    }

    /// <summary>
    /// dst = the pattern's integers, saturated to an integer dtype or rounded through fp32 to a float dtype.
    /// </summary>
    [SkipLocalsInit]
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
        SelectLoop.Affine(dst, src, pattern, cmp, BitsOf(dst.DType, fill));

    /// <summary>
    /// dst = (predicate ≠ 0) ? src : dst, or with <paramref name="reverse"/> where predicate = 0. A predicate is 0 when
    /// all its bits are (integers). src moves bit by bit when the dtypes are equal, else through fp32.
    /// </summary>
    public static void CopyPredicated(in Tile dst, in Tile src, in Tile predicate, bool reverse = false) =>
        SelectLoop.Predicated(dst, src, hasSource: true, 0, predicate, reverse);

    /// <summary>dst = (predicate ≠ 0) ? value : dst, or with <paramref name="reverse"/> where predicate = 0.</summary>
    public static void CopyPredicated(in Tile dst, double value, in Tile predicate, bool reverse = false) =>
        SelectLoop.Predicated(dst, default, hasSource: false, BitsOf(dst.DType, value), predicate, reverse);

    /// <summary>The bits that a value has as an element of the dtype.</summary>
    internal static uint BitsOf(DType dtype, double value)
    {
        if (dtype == DType.Int32) return (uint)(int)Math.Clamp(Whole(value), int.MinValue, int.MaxValue);
        if (dtype == DType.UInt32) return (uint)Math.Clamp(Whole(value), uint.MinValue, uint.MaxValue);
        if (dtype.IsPacked()) return PackedZero(value);
        var number = (float)value;
        uint bits = 0;
        Conversions.Narrow(dtype, &number, (byte*)&bits, 1);
        return bits;
    }

    /// <summary>Packed elements are filled with zeros alone, which look alike in every format.</summary>
    private static uint PackedZero(double value)
    {
        Debug.Assert(value == 0, "verified: packed elements are filled with 0");
        return 0;
    }

    private static double Whole(double value) => double.IsNaN(value) ? 0 : Math.Round(value, MidpointRounding.ToEven);
}
