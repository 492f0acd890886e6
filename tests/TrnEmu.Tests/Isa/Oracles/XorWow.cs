namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>Marsaglia's xorwow on six words x, y, z, w, v, d.</summary>
internal static class XorWow
{
    public const int Words = 6;
    private const uint Weyl = 362437;

    /// <summary>Steps the state; its next number.</summary>
    public static uint Next(Span<uint> s)
    {
        var t = s[0] ^ s[0] >> 2;
        (s[0], s[1], s[2], s[3]) = (s[1], s[2], s[3], s[4]);
        s[4] = s[4] ^ s[4] << 4 ^ t ^ t << 1;
        s[5] = unchecked(s[5] + Weyl);
        return unchecked(s[4] + s[5]);
    }
}
