using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// offset + p channel_multiplier + i0 step0 + …, modulo 2^32, for the elements of a tile in pattern order.
/// </summary>
internal static class AffineIndex
{
    public static int[] Of(EquatableArray<AffineLevel> pattern, int offset, int multiplier, int partitions)
    {
        var indices = new List<int>();
        for (var p = 0; p < partitions; p++) Count(indices, pattern, 0, offset + (long)p * multiplier);
        return [.. indices];
    }

    private static void Count(List<int> indices, EquatableArray<AffineLevel> pattern, int level, long index)
    {
        if (level == pattern.Count)
        {
            indices.Add(unchecked((int)index));
            return;
        }

        for (var i = 0; i < pattern[level].Num; i++) Count(indices, pattern, level + 1, index
            + (long)i * pattern[level].Step);
    }
}
