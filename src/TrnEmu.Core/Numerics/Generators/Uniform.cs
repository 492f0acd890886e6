using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Generators;

/// <summary>Numbers u = (draw &gt;&gt; 8) 2^-24 of [0, 1), exact in fp32, and what is made of them.</summary>
internal static class Uniform
{
    private const int Unused = 8;
    private const float Unit = 1f / (1 << 24);

    /// <summary>values[i] = min + (max - min) u, each of the three operations rounded to fp32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Between(float min, float max, ReadOnlySpan<uint> draws, Span<float> values)
    {
        var width = max - min;
        for (var i = 0; i < draws.Length; i++)
        {
            var scaled = width * Of(draws[i]);
            values[i] = min + scaled;
        }
    }

    /// <summary>bits[i] = 0 where u is below <paramref name="probability"/>; the others stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Drop(float probability, ReadOnlySpan<uint> draws, Span<uint> bits)
    {
        for (var i = 0; i < draws.Length; i++)
        {
            if (Of(draws[i]) < probability) bits[i] = 0;
        }
    }

    private static float Of(uint draw) => (int)(draw >> Unused) * Unit;
}
