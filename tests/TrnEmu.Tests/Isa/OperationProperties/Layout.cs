using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>Random levels for a number of elements: contiguous, with gaps, descending, permuted or repeating.</summary>
internal static class Layout
{
    public static AccessPattern Of(Draw draw, DType dtype, int partitions, int free, MemorySpace space, Use use)
    {
        var counts = Split(draw, free);
        var strides = new int[4];
        var isPlain = use == Use.Sum || draw.Chance(40);
        int[] order = [3, 2, 1, 0];
        if (!isPlain && draw.Chance(20)) draw.Random.Shuffle(order);
        var stride = isPlain ? 1 : draw.Of(1, 1, 2, 3);
        foreach (var level in order)
        {
            if (counts[level] == 1) continue;
            strides[level] = stride;
            stride = stride * counts[level] + (isPlain ? 0 : draw.Of(0, 0, 1, 5));
        }

        if (!isPlain) Disturb(draw, strides, use);
        var step = draw.Chance(50) ? stride : stride + draw.Int(0, 7);
        if (use is Use.Dma or Use.DmaRead && draw.Chance(10)) step = -step;
        return new AccessPattern
        {
            Partitions = partitions,
            PartitionStep = space == MemorySpace.Hbm ? step : 0,
            DType = dtype,
            Count0 = counts[0],
            Count1 = counts[1],
            Count2 = counts[2],
            Count3 = counts[3],
            Stride0 = strides[0],
            Stride1 = strides[1],
            Stride2 = strides[2],
            Stride3 = strides[3],
        };
    }

    private static void Disturb(Draw draw, int[] strides, Use use)
    {
        for (var level = 0; level < strides.Length; level++)
        {
            if (use is Use.Read or Use.DmaRead && draw.Chance(12)) strides[level] = 0;
            if (draw.Chance(10)) strides[level] = -strides[level];
        }
    }

    /// <summary>The elements as a product of up to four counts, packed to the inner end.</summary>
    private static int[] Split(Draw draw, int free)
    {
        int[] counts = [1, 1, 1, free];
        for (var level = 2; level >= 0 && draw.Chance(45); level--)
        {
            var inner = counts[level + 1];
            var divisors = Enumerable.Range(1, inner).Where(d => inner % d == 0).ToArray();
            counts[level] = draw.Of(divisors);
            counts[level + 1] = inner / counts[level];
        }

        return counts;
    }
}
