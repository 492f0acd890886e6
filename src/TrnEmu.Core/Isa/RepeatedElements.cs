using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Isa;

/// <summary>Whether a static pattern names some element of its tensor twice.</summary>
internal static class RepeatedElements
{
    private const int MostLevels = 5;
    private const int MostSteps = 1 << 20;

    /// <summary>
    /// True when two of the pattern's elements are one. <paramref name="hasRows"/>: its partitions are a level of the
    /// same memory (HBM), not lanes. Levels that interleave so finely that a million steps do not tell count as true.
    /// </summary>
    public static bool Any(in AccessPattern p, bool hasRows)
    {
        Span<(long Stride, int Count)> levels = stackalloc (long, int)[MostLevels];
        var n = 0;
        Add(levels, ref n, p.Stride3, p.Count3);
        Add(levels, ref n, p.Stride2, p.Count2);
        Add(levels, ref n, p.Stride1, p.Count1);
        Add(levels, ref n, p.Stride0, p.Count0);
        if (hasRows) Add(levels, ref n, p.PartitionStep, p.Partitions);
        levels = levels[..n];
        levels.Sort();
        if (AreNested(levels)) return false;
        var steps = MostSteps;
        return SumToZero(levels, 0, isStart: true, ref steps);
    }

    private static void Add(Span<(long Stride, int Count)> levels, ref int n, long stride, int count)
    {
        if (count > 1) levels[n++] = (Math.Abs(stride), count);
    }

    /// <summary>Each level steps over all that those below it reach.</summary>
    private static bool AreNested(ReadOnlySpan<(long Stride, int Count)> levels)
    {
        long reach = 0;
        foreach (var (stride, count) in levels)
        {
            if (stride <= reach) return false;
            reach += stride * (count - 1);
        }

        return true;
    }

    /// <summary>
    /// Two elements are one where steps along the levels, not all 0, come back to where they began.
    /// </summary>
    private static bool SumToZero(
        ReadOnlySpan<(long Stride, int Count)> levels, long at, bool isStart, ref int steps)
    {
        if (levels.IsEmpty) return at == 0 && !isStart;
        var (stride, count) = levels[^1];
        if (stride == 0 || --steps < 0) return true;
        long reach = 0;
        foreach (var (inner, innerCount) in levels[..^1]) reach += inner * (innerCount - 1);
        var low = Math.Max(1 - count, CeilingOf(-reach - at, stride));
        var high = Math.Min(count - 1, -CeilingOf(at - reach, stride));
        for (var step = low; step <= high; step++)
        {
            if (SumToZero(levels[..^1], at + step * stride, isStart && step == 0, ref steps)) return true;
        }

        return false;
    }

    private static long CeilingOf(long value, long divisor) =>
        value / divisor + (value % divisor > 0 ? 1 : 0);
}
