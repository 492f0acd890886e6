using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Numerics;

/// <summary>The 8-bit floats by a list of their values; the nearest one is found by looking at all.</summary>
internal static class SmallFloats
{
    private const uint NaN = 0x7f;
    private const uint Sign = 0x80;

    /// <summary>The value of bits.</summary>
    public static double Value(DType dtype, uint bits)
    {
        var value = Magnitude(dtype, bits & NaN);
        return (bits & Sign) != 0 ? -value : value;
    }

    /// <summary>The bits of the nearest value, of equally near ones the even.</summary>
    public static uint Nearest(DType dtype, float value)
    {
        if (float.IsNaN(value)) return NaN;
        var best = 0u;
        for (var bits = 1u; bits <= Beyond(dtype); bits++)
        {
            var (far, near) = (Distance(dtype, value, best), Distance(dtype, value, bits));
            if (near < far || (near == far && bits % 2 == 0)) best = bits;
        }

        if (best == Beyond(dtype) && dtype == DType.Fp8E4M3Fn) return NaN;
        return best | (float.IsNegative(value) ? Sign : 0);
    }

    /// <summary>What is beyond the largest counts as the next number would; infinities are nearest to that.</summary>
    private static double Distance(DType dtype, float value, uint bits)
    {
        var magnitude = bits < Beyond(dtype) ? Magnitude(dtype, bits) : Number(dtype, bits);
        return Math.Abs(Math.Min(Math.Abs((double)value), 1e6) - magnitude);
    }

    private static double Magnitude(DType dtype, uint bits)
    {
        if (bits < Beyond(dtype)) return Number(dtype, bits);
        return bits == Beyond(dtype) && dtype != DType.Fp8E4M3Fn ? double.PositiveInfinity : double.NaN;
    }

    private static double Number(DType dtype, uint bits)
    {
        var (steps, bias) = dtype == DType.Fp8E5M2 ? (4u, 15) : (8u, 7);
        var (exponent, fraction) = ((int)(bits / steps), (double)(bits % steps) / steps);
        return exponent == 0 ? fraction * Math.Pow(2, 1 - bias) : (1 + fraction) * Math.Pow(2, exponent - bias);
    }

    /// <summary>The least bits that are no number.</summary>
    private static uint Beyond(DType dtype) => dtype switch
    {
        DType.Fp8E4M3 => 0x78,
        DType.Fp8E4M3Fn => 0x7f,
        _ => 0x7c,
    };
}
