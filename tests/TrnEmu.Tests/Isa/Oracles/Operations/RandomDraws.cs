using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>Numbers for the elements of a tile, from the lanes of its partitions.</summary>
internal static class RandomDraws
{
    /// <summary>32 random bits for each element, in pattern order.</summary>
    public static uint[] Of(OracleMachine machine, Engine engine, in AccessPattern p)
    {
        var (lane, free) = (machine.LaneOf(p), (int)p.Free);
        return [.. Enumerable.Range(0, (int)p.Elements).Select(i =>
            machine.Random.Next(engine, lane + i / free, i % free))];
    }

    /// <summary>The 24 highest bits as a fraction in [0, 1).</summary>
    public static float Fraction(uint bits) => (bits >> 8) * (1f / (1 << 24));
}
