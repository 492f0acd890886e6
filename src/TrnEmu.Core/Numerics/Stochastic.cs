using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// Stochastic rounding: away from 0 with the probability that the lost fraction of a unit has, else towards 0. Exact
/// values, infinities and NaN stay; from the largest number the next step is where the codecs overflow.
/// </summary>
internal static class Stochastic
{
    private const int FractionBits = 23;
    private const int Bias = 127;
    private const uint Magnitude = 0x7fffffff;
    private const uint Infinity = 0x7f800000;

    /// <summary>values[i] = one of the two neighbours in the dtype, by random bits of row and element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round(DType dtype, ulong row, int start, Span<float> values)
    {
        if (!IsNarrow(dtype, out var fraction, out var smallest)) return;
        for (var i = 0; i < values.Length; i++)
        {
            var bits = BitConverter.SingleToUInt32Bits(values[i]);
            var magnitude = bits & Magnitude;
            if (magnitude is 0 or >= Infinity) continue;
            var random = Rounding.Mix(row + (ulong)(uint)(start + i));
            var rounded = Round(magnitude, fraction, smallest, random);
            values[i] = BitConverter.UInt32BitsToSingle(rounded | (bits & ~Magnitude));
        }
    }

    private static uint Round(uint magnitude, int fraction, int smallest, ulong random)
    {
        // Below the smallest normal number the unit stays, so more bits fall away.
        var exponent = (int)Math.Max(magnitude >> FractionBits, 1) - Bias;
        var lost = FractionBits - fraction + Math.Max(smallest - exponent, 0);
        if (lost > FractionBits)
        {
            var unit = (uint)(smallest - fraction + Bias) << FractionBits;
            return random < Threshold(Significand(magnitude), lost) ? unit : 0;
        }

        // A carry out of the fraction is right by itself.
        var rest = magnitude & ((1u << lost) - 1);
        return magnitude - rest + (random < Threshold(rest, lost) ? 1u << lost : 0);
    }

    /// <summary>rest / 2^bits of 2^64; what is below 2^-64 is dropped.</summary>
    private static ulong Threshold(uint rest, int bits) =>
        bits <= 64 ? (ulong)rest << (64 - bits) : bits < 96 ? (ulong)rest >> (bits - 64) : 0;

    private static uint Significand(uint magnitude) => magnitude >> FractionBits == 0
        ? magnitude
        : (magnitude & ((1u << FractionBits) - 1)) | (1u << FractionBits);

    /// <summary>Fraction bits and the exponent of the smallest normal number, of a float narrower than fp32.</summary>
    private static bool IsNarrow(DType dtype, out int fraction, out int smallest)
    {
        (fraction, smallest) = dtype switch
        {
            DType.Bf16 => (7, -126),
            DType.Tf32 => (10, -126),
            DType.Fp16 => (10, -14),
            DType.Fp8E5M2 => (2, -14),
            DType.Fp8E4M3 or DType.Fp8E4M3Fn => (3, -6),
            _ => (FractionBits, -126),
        };
        return fraction < FractionBits;
    }
}
