using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>
/// fp32 numbers of every exponent, subnormal ones, few digits, special values; and equality to the bit.
/// </summary>
internal static class BitPatterns
{
    private static readonly float[] Special =
    [
        0f, -0f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, float.Epsilon, -float.Epsilon,
        float.MaxValue, float.MinValue, MathF.ScaleB(1, -126), -MathF.ScaleB(1, -126), MathF.ScaleB(1, -128),
        MathF.BitDecrement(MathF.ScaleB(1, -126)), 1f, -1f, MathF.BitDecrement(1), MathF.BitIncrement(1),
        MathF.ScaleB(1, 126), MathF.ScaleB(1, 127),
    ];

    /// <summary>A number; one of eight is special.</summary>
    public static float Any(Random random) => random.Next(8) switch
    {
        0 => Special[random.Next(Special.Length)],
        1 => Number((uint)random.NextInt64(1L << 32) & (0x80ffffffu >> random.Next(24))),
        2 => Number((uint)random.NextInt64(1L << 32) & (0xffffffffu << random.Next(24))),
        _ => Number((uint)random.NextInt64(1L << 32)),
    };

    /// <summary>
    /// The chip's values have the bits of the expected, or where units are allowed are finite numbers so many places
    /// beside them; zeros have their sign, any NaN is NaN.
    /// </summary>
    public static void AreEqual(float[] expected, GraphResult result, Func<int, string> operands, int units = 0)
    {
        Assert.Equal(DType.Fp32, result.Type.DType);
        Assert.Equal(expected.Length, result.Values.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var (value, wanted) = ((float)result.Values[i], expected[i]);
            if (float.IsNaN(value) && float.IsNaN(wanted)) continue;
            var isExact = wanted == 0 || !float.IsFinite(wanted) || !float.IsFinite(value);
            if (Math.Abs((long)Bits(value) - Bits(wanted)) > (isExact ? 0 : units))
                Assert.Fail(FormattableString.Invariant($"{operands(i)} is {value:R}, expected {wanted:R}"));
        }
    }

    public static double[] Doubles(float[] values) => Array.ConvertAll(values, x => (double)x);

    private static uint Bits(float x) => BitConverter.SingleToUInt32Bits(x);

    private static float Number(uint bits) => BitConverter.UInt32BitsToSingle(bits);
}
