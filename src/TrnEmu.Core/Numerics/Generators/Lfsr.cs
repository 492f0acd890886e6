using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Generators;

/// <summary>
/// A linear feedback shift register of 32 bits in Galois form, taps x^32 + x^22 + x^2 + x + 1: the state moves right by
/// one bit and, when that bit was 1, is xored with the taps. One draw is 32 such steps; the output is the state. Period
/// 2^32 - 1, unless the state is 0.
/// </summary>
internal static class Lfsr
{
    private const uint Taps = 0x8020_0003;
    private const int Steps = 32;
    private const int Bytes = 4;

    // The steps are linear over bits: 32 of them are the xor of what they make of each byte by itself.
    private static readonly uint[] OfByte = Table();

    /// <summary>outputs[i] = draws, one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ref uint state, Span<uint> outputs)
    {
        var (s, table) = (state, OfByte);
        for (var i = 0; i < outputs.Length; i++)
        {
            s = table[s & 0xff] ^ table[0x100 | (s >> 8 & 0xff)] ^ table[0x200 | (s >> 16 & 0xff)] ^ table[0x300 | s >> 24];
            outputs[i] = s;
        }

        state = s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint[] Table()
    {
        var table = new uint[Bytes << 8];
        for (var i = 0; i < table.Length; i++) table[i] = Stepped((uint)(i & 0xff) << (i >> 8) * 8);
        return table;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Stepped(uint state)
    {
        for (var i = 0; i < Steps; i++) state = (state >> 1) ^ ((state & 1) == 0 ? 0 : Taps);
        return state;
    }
}
