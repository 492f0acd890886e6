using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.FrontEnd;

/// <summary>
/// Turns the free dimensions of a view into the four levels of an access pattern, packed to the inner end. Dimensions
/// stay as they are while there are at most four (operations that reduce count them); else extents of 1 go, then
/// neighbours that are contiguous merge, inner ones first.
/// </summary>
public static class ViewLevels
{
    /// <summary>Free levels of a pattern.</summary>
    public const int Limit = 4;

    /// <summary>The pattern that visits a view's elements in row-major order, where it fits.</summary>
    /// <param name="start">Tensor, start, dtype and dynamic part.</param>
    /// <param name="isOnChip">Dimension 0 counts partitions; in HBM it has the stride of rows.</param>
    /// <param name="shape">Extents, outermost first.</param>
    /// <param name="strides">As many, in elements.</param>
    /// <param name="pattern">The pattern, when the result is <see cref="Limit"/>.</param>
    /// <returns>
    /// <see cref="Limit"/>; more, the levels that the view needs; or 0 where a stride does not fit 32 bits.
    /// </returns>
    public static int ToPattern(
        in AccessPattern start, bool isOnChip, ReadOnlySpan<int> shape, ReadOnlySpan<long> strides, out AccessPattern pattern)
    {
        Span<int> counts = stackalloc int[Math.Max(shape.Length, Limit)];
        Span<long> steps = stackalloc long[counts.Length];
        shape[1..].CopyTo(counts);
        strides[1..].CopyTo(steps);
        var used = Merge(counts, steps, shape.Length - 1);
        pattern = default;
        if (used > Limit) return used;
        for (var i = 0; i < used; i++)
        {
            if (steps[i] != (int)steps[i]) return 0;
        }

        Pack(counts, steps, used);
        pattern = start with
        {
            Partitions = shape[0],
            PartitionStep = isOnChip ? 0 : strides[0],
            Count0 = counts[0],
            Count1 = counts[1],
            Count2 = counts[2],
            Count3 = counts[3],
            Stride0 = (int)steps[0],
            Stride1 = (int)steps[1],
            Stride2 = (int)steps[2],
            Stride3 = (int)steps[3],
        };
        return Limit;
    }

    /// <summary>Makes them four by outer levels of one element; without any, the inner one steps by 1.</summary>
    private static void Pack(Span<int> counts, Span<long> steps, int used)
    {
        if (used == 0) (counts[0], steps[0], used) = (1, 1, 1);
        var outer = Limit - used;
        counts[..used].CopyTo(counts[outer..]);
        steps[..used].CopyTo(steps[outer..]);
        counts[..outer].Fill(1);
        steps[..outer].Clear();
    }

    private static int Merge(Span<int> counts, Span<long> steps, int used)
    {
        if (used <= Limit) return used;
        var kept = 0;
        for (var i = 0; i < used; i++)
        {
            if (counts[i] != 1) (counts[kept], steps[kept++]) = (counts[i], steps[i]);
        }

        used = kept;
        for (var i = used - 2; i >= 0 && used > Limit; i--)
        {
            if (steps[i] != steps[i + 1] * counts[i + 1]) continue;
            counts[i] *= counts[i + 1];
            steps[i] = steps[i + 1];
            counts[(i + 2)..used].CopyTo(counts[(i + 1)..]);
            steps[(i + 2)..used].CopyTo(steps[(i + 1)..]);
            used--;
        }

        return used;
    }
}
