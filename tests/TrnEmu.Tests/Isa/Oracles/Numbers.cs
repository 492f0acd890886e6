using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>
/// Elements of every dtype by the definition of their formats: exact values in double, rounding by counting units in
/// the last place. Nothing is shared with the code under test, and nothing is fast.
/// </summary>
internal static class Numbers
{
    /// <summary>
    /// The fp32 value of an element; 32-bit integers are rounded to nearest even. A packed element has none: NaN.
    /// </summary>
    public static float Decode(DType dtype, uint bits)
    {
        if (dtype.IsFloat()) return (float)FloatValue(FloatFormat.Of(dtype), bits);
        if (dtype == DType.E8M0) return bits == 255 ? float.NaN : (float)Math.Pow(2, (int)bits - 127);
        if (!dtype.IsInteger()) return float.NaN;
        return (float)FloatValue(FloatFormat.Fp32, RoundToFloat(FloatFormat.Fp32, IntegerValue(dtype, bits)));
    }

    /// <summary>
    /// The element that keeps a value: nearest even, Inf or NaN beyond the largest float, saturated integers, one NaN.
    /// A scale keeps powers of two, a packed element zeros.
    /// </summary>
    public static uint Encode(DType dtype, double value)
    {
        if (dtype.IsFloat()) return RoundToFloat(FloatFormat.Of(dtype), value);
        if (dtype == DType.E8M0) return double.IsNaN(value) ? 255 : (uint)(Math.Log2(value) + 127);
        return dtype.IsInteger() ? RoundToInteger(dtype, value) : 0;
    }

    /// <summary>The number that integer bits mean.</summary>
    public static long IntegerValue(DType dtype, uint bits) => dtype switch
    {
        DType.Int32 => (int)bits,
        DType.Int16 => (short)bits,
        DType.Int8 => (sbyte)bits,
        _ => bits,
    };

    /// <summary>Smallest and largest value of an integer dtype.</summary>
    public static (long Low, long High) Range(DType dtype)
    {
        var width = 8 * dtype.Size();
        return dtype is DType.Int32 or DType.Int16 or DType.Int8
            ? (-(1L << (width - 1)), (1L << (width - 1)) - 1)
            : (0, (1L << width) - 1);
    }

    /// <summary>True when the value lies half way between two neighbours of the dtype.</summary>
    public static bool IsTie(DType dtype, double value)
    {
        if (!double.IsFinite(value) || value == 0 || !(dtype.IsInteger() || dtype.IsFloat())) return false;
        var units = value / (dtype.IsInteger() ? 1 : FloatFormat.Of(dtype).Unit(value));
        return Math.Abs(units - Math.Truncate(units)) == 0.5;
    }

    private static double FloatValue(FloatFormat format, uint bits)
    {
        var sign = (bits & format.Sign) != 0 ? -1.0 : 1.0;
        var magnitude = (bits & (format.Sign - 1)) >> format.Unused << format.Unused;
        if (magnitude >= format.Beyond) return magnitude > format.Beyond || format.IsFinite ? double.NaN : sign / 0;
        magnitude >>= format.Unused;
        var fraction = magnitude & ((1u << format.Fraction) - 1);
        var exponent = (int)(magnitude >> format.Fraction);
        return exponent == 0
            ? sign * Math.ScaleB(fraction, format.Smallest - format.Fraction)
            : sign * Math.ScaleB((1 << format.Fraction) + fraction, exponent - 1 + format.Smallest - format.Fraction);
    }

    private static uint RoundToFloat(FloatFormat format, double value)
    {
        if (double.IsNaN(value)) return format.NaN;
        var sign = double.IsNegative(value) ? format.Sign : 0;
        if (value == 0) return sign;
        var magnitude = double.IsInfinity(value) ? format.Beyond : Round(format, value) << format.Unused;
        if (magnitude < format.Beyond) return sign | (uint)magnitude;
        return format.IsFinite ? format.NaN : sign | format.Beyond;
    }

    private static ulong Round(FloatFormat format, double value)
    {
        var units = (uint)Math.Round(Math.Abs(value) / format.Unit(value), MidpointRounding.ToEven);

        // The leading bit of the units counts as one exponent, so that a carry out of the fraction is right by itself.
        return ((ulong)(format.ExponentOf(value) - format.Smallest) << format.Fraction) + units;
    }

    private static uint RoundToInteger(DType dtype, double value)
    {
        if (double.IsNaN(value)) return 0;
        var (low, high) = Range(dtype);
        var number = (long)Math.Clamp(Math.Round(value, MidpointRounding.ToEven), low, high);
        return (uint)(number & (long)(ulong.MaxValue >> (64 - 8 * dtype.Size())));
    }
}
