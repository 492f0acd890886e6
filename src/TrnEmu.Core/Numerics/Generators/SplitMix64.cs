using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Generators;

/// <summary>
/// Random bits of a place, such as the number of an element or of a draw. Source: Steele, Lea, Flood, "Fast
/// splittable pseudorandom number generators", variant 13 of the finaliser of MurmurHash3.
/// </summary>
public static class SplitMix64
{
    /// <summary>What neighbouring places differ by: 2^64 divided by the golden ratio, odd.</summary>
    public const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>A bijection of 64 bits that changes half of them for each bit that changes; 0 stays 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
