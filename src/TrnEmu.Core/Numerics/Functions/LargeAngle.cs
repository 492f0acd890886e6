using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>
/// sin and cos of |x| from 2^48 on, lane by lane: |x| / pi modulo 2 in 128 bits, by the 128 bits of 1 / pi that matter
/// for the exponent of x (Payne and Hanek's method).
/// </summary>
internal static class LargeAngle
{
    /// <summary>The first 256 bits of 1 / pi after the point.</summary>
    private static ReadOnlySpan<ulong> OneOverPi =>
        [0x517cc1b727220a94, 0xfe13abe8fa9a6ee0, 0x6db14acc9e21c820, 0xff28b1d5ef5de2b0];

    /// <summary>values, with the lanes of large |x| computed here.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector512<float> Replace<TPhase>(Vector512<float> x, Vector512<float> values)
        where TPhase : struct, TrigCore.IPhase
    {
        for (var i = 0; i < Vector512<float>.Count; i++)
        {
            if (Math.Abs(x[i]) < 281474976710656f) continue;
            if (float.IsFinite(x[i])) values = values.WithElement(i, Compute(x[i], TPhase.Shift));
            else values = values.WithElement(i, float.NaN);
        }

        return values;
    }

    private static float Compute(float x, double shift)
    {
        var bits = BitConverter.SingleToUInt32Bits(x);
        var exponent = (int)((bits >> 23) & 0xff) - 150;
        var fraction = (bits & 0x7fffff) | 0x800000;

        // Fixed point, 127 bits below the point: a product that wraps is the product modulo 2.
        var half = UInt128.One << 126;
        var turns = fraction * Window(exponent - 1) + half;
        if (shift != 0) turns += half;
        var odd = turns >> 127 != 0;
        var r = (double)((Int128)(turns & ~(UInt128.One << 127)) - (Int128)half) * Math.ScaleB(Math.PI, -127);
        var value = (float)TrigCore.SinReduced(Vector512.Create(r))[0];
        return odd != (shift == 0 && x < 0) ? -value : value;
    }

    /// <summary>128 bits of 1 / pi from bit <paramref name="first"/> after the point on.</summary>
    private static UInt128 Window(int first)
    {
        var (word, shift) = Math.DivRem(first, 64);
        var upper = new UInt128(OneOverPi[word], OneOverPi[word + 1]);
        return shift == 0 ? upper : (upper << shift) | (OneOverPi[word + 2] >> (64 - shift));
    }
}
