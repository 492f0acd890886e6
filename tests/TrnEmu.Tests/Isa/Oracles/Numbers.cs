using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>
/// Elements of every dtype by the definition of their formats: exact values in double, rounding by counting units in
/// the last place. Nothing is shared with the code under test, and nothing is fast.
/// </summary>
internal static class Numbers
{
    /// <summary>The fp32 value of an element; 32-bit integers are rounded to nearest even.</summary>
    public static float Decode(DType dtype, uint bits) => dtype switch
    {
        DType.Fp32 or DType.Bf16 or DType.Fp16 => (float)FloatValue(FloatFormat.Of(dtype), bits),
        _ => (float)FloatValue(FloatFormat.Fp32, RoundToFloat(FloatFormat.Fp32, IntegerValue(dtype, bits))),
    };

    /// <summary>
    /// The element that keeps a value: nearest even, Inf beyond the largest float, saturated integers, one NaN.
    /// </summary>
    public static uint Encode(DType dtype, double value) => dtype switch
    {
        DType.Fp32 or DType.Bf16 or DType.Fp16 => RoundToFloat(FloatFormat.Of(dtype), value),
        _ => RoundToInteger(dtype, value),
    };

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
        if (!double.IsFinite(value) || value == 0) return false;
        var units = value / (dtype.IsInteger() ? 1 : FloatFormat.Of(dtype).Unit(value));
        return Math.Abs(units - Math.Truncate(units)) == 0.5;
    }

    private static double FloatValue(FloatFormat format, uint bits)
    {
        var fraction = bits & ((1u << format.Fraction) - 1);
        var exponent = (int)(bits >> format.Fraction & ((1u << format.Exponent) - 1));
        var sign = bits >> (format.Fraction + format.Exponent) != 0 ? -1.0 : 1.0;
        if (exponent == (1 << format.Exponent) - 1) return fraction == 0 ? sign / 0 : double.NaN;
        return exponent == 0
            ? sign * Math.ScaleB(fraction, format.Smallest - format.Fraction)
            : sign * Math.ScaleB((1 << format.Fraction) + fraction, exponent - 1 + format.Smallest - format.Fraction);
    }

    private static uint RoundToFloat(FloatFormat format, double value)
    {
        var infinity = ((1u << format.Exponent) - 1) << format.Fraction;
        if (double.IsNaN(value)) return infinity | 1u << (format.Fraction - 1);
        var sign = double.IsNegative(value) ? 1u << (format.Fraction + format.Exponent) : 0;
        if (double.IsInfinity(value)) return sign | infinity;
        if (value == 0) return sign;
        var units = (uint)Math.Round(Math.Abs(value) / format.Unit(value), MidpointRounding.ToEven);

        // The leading bit of the units counts as one exponent, so that a carry out of the fraction is right by itself.
        var steps = (ulong)(format.ExponentOf(value) - format.Smallest) << format.Fraction;
        return sign | (uint)Math.Min(steps + units, infinity);
    }

    private static uint RoundToInteger(DType dtype, double value)
    {
        if (double.IsNaN(value)) return 0;
        var (low, high) = Range(dtype);
        var number = (long)Math.Clamp(Math.Round(value, MidpointRounding.ToEven), low, high);
        return (uint)(number & (long)(ulong.MaxValue >> (64 - 8 * dtype.Size())));
    }
}
