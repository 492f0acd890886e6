namespace TrnEmu.Core.Numerics.Generators;

/// <summary>
/// The emulator's own expansion of a seed into the words of every lane, which the documents leave open: word k of lane l
/// is mix(seed + 0x9e3779b9 (1 + 128 k + l)) modulo 2^32, where mix is MurmurHash3's finaliser, a bijection. Neighbouring
/// lanes, words and seeds have nothing in common.
/// </summary>
internal static class SeedWords
{
    private const uint Golden = 0x9e37_79b9;
    private const uint Lanes = 128;

    /// <summary>Word <paramref name="k"/> of a lane.</summary>
    public static uint Word(uint seed, int lane, int k) => Mix(seed + Golden * (1 + Lanes * (uint)k + (uint)lane));

    private static uint Mix(uint h)
    {
        h = (h ^ h >> 16) * 0x85eb_ca6b;
        h = (h ^ h >> 13) * 0xc2b2_ae35;
        return h ^ h >> 16;
    }
}
