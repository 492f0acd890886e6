using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics;

/// <summary>The bits that values have as elements of a tile: rounded once, as the tile is to be rounded.</summary>
internal static unsafe class ElementBits
{
    /// <summary>
    /// bits[i] = those of values[i] as element start + i of a partition, i &lt; count ≤ <see cref="RowBytes.Block"/>;
    /// values and bits may be the same memory. The values are used up.
    /// </summary>
    [SkipLocalsInit]
    public static void Of(in Tile dst, int partition, int start, float* values, uint* bits, int count)
    {
        var narrow = stackalloc byte[RowBytes.Block * sizeof(float)];
        if (dst.Rounding.Concerns(dst.DType))
            dst.Rounding.Prepare(dst.DType, partition, start, new Span<float>(values, count));
        Conversions.Narrow(dst.DType, values, narrow, count);
        IntegerConversions.ToBits(dst.DType.Size(), narrow, bits, count);
    }

    /// <summary>
    /// bits[i] = those of one value as element start + i, from fp32, or for 32-bit integers from the number itself
    /// (saturated).
    /// </summary>
    public static void Fill(in Tile dst, int partition, int start, double value, uint* bits, int count)
    {
        if (!dst.Rounding.Concerns(dst.DType))
        {
            new Span<uint>(bits, count).Fill(Nearest(dst.DType, value));
            return;
        }

        new Span<float>(bits, count).Fill((float)value);
        Of(dst, partition, start, (float*)bits, bits, count);
    }

    private static uint Nearest(DType dtype, double value)
    {
        if (dtype == DType.Int32) return (uint)(int)Math.Clamp(Whole(value), int.MinValue, int.MaxValue);
        if (dtype == DType.UInt32) return (uint)Math.Clamp(Whole(value), uint.MinValue, uint.MaxValue);

        // Packed elements are filled with zeros alone, which are verified and look alike in every format.
        if (dtype.IsPacked()) return 0;
        var number = (float)value;
        uint bits = 0;
        Conversions.Narrow(dtype, &number, (byte*)&bits, 1);
        return bits;
    }

    private static double Whole(double value) => double.IsNaN(value) ? 0 : Math.Round(value, MidpointRounding.ToEven);
}
