using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa.Operations.GpSimd;

/// <summary>
/// A list in the order in which a GpSimd core sees its 16 partitions: element i lies in partition i mod 16 of the core, at
/// free element i / 16. Each core has a list of its own.
/// </summary>
internal static class SnakePatterns
{
    /// <summary>The patterns that cover elements 0 to <paramref name="count"/> - 1 of every core's list, and no other.</summary>
    public static IEnumerable<AccessPattern> Of(AccessPattern p, int count)
    {
        var (columns, rest) = Math.DivRem(count, GpSimdRules.CorePartitions);
        foreach (var part in First(p, columns)) yield return part;
        for (var core = 0; core < p.Partitions && rest > 0; core += GpSimdRules.CorePartitions)
        {
            yield return One(p, columns) with { StartPartition = p.StartPartition + core, Partitions = rest };
        }
    }

    /// <summary>The first free elements: whole turns of each level, from the outermost inwards.</summary>
    private static IEnumerable<AccessPattern> First(AccessPattern p, long count)
    {
        long done = 0;
        for (var level = 0; level < 4; level++)
        {
            var turn = Turn(p, level);
            var turns = (int)((count - done) / turn);
            if (turns == 0) continue;
            yield return Turns(p, level, turns) with { Offset = p.Offset + FreeElements.ByteOf(p, done) };
            done += turns * turn;
        }
    }

    /// <summary>Elements below one step of a level.</summary>
    private static long Turn(in AccessPattern p, int level) => level switch
    {
        0 => (long)p.Count1 * p.Count2 * p.Count3,
        1 => (long)p.Count2 * p.Count3,
        2 => p.Count3,
        _ => 1,
    };

    private static AccessPattern Turns(in AccessPattern p, int level, int turns) => level switch
    {
        0 => p with { Count0 = turns },
        1 => p with { Count0 = 1, Count1 = turns },
        2 => p with { Count0 = 1, Count1 = 1, Count2 = turns },
        _ => p with { Count0 = 1, Count1 = 1, Count2 = 1, Count3 = turns },
    };

    private static AccessPattern One(in AccessPattern p, long element) =>
        Turns(p, 3, 1) with { Offset = p.Offset + FreeElements.ByteOf(p, element) };
}
