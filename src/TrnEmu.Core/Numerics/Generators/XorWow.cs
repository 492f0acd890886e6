using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Generators;

/// <summary>
/// Marsaglia's XORWOW ("Xorshift RNGs", 2003): five words x, y, z, w, v of a shift register and a counter d, modulo
/// 2^32. One draw: t = x xor (x &gt;&gt; 2); x, y, z, w = y, z, w, v; v = v xor (v &lt;&lt; 4) xor t xor (t &lt;&lt;
/// 1); d = d + 362437; the output is v + d. Period 2^192 - 2^32, unless x to v are all 0.
/// </summary>
internal static class XorWow
{
    /// <summary>Words of a state: x, y, z, w, v, d.</summary>
    public const int Words = 6;

    private const uint Increment = 362437;

    /// <summary>outputs[start], outputs[start + step], … = draws, one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(Span<uint> state, Span<uint> outputs, int start, int step)
    {
        var (x, y, z, w, v, d) = (state[0], state[1], state[2], state[3], state[4], state[5]);
        for (var i = start; i < outputs.Length; i += step)
        {
            var t = x ^ (x >> 2);
            (x, y, z, w) = (y, z, w, v);
            v = v ^ (v << 4) ^ t ^ (t << 1);
            d += Increment;
            outputs[i] = v + d;
        }

        (state[0], state[1], state[2], state[3], state[4], state[5]) = (x, y, z, w, v, d);
    }

    /// <summary>Keeps a state out of the one cycle that its shift register never leaves: x to v all 0.</summary>
    public static void Mend(Span<uint> state)
    {
        if ((state[0] | state[1] | state[2] | state[3] | state[4]) == 0) state[4] = 1;
    }
}
