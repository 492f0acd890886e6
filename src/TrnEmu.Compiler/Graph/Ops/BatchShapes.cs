using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// Leading dimensions of two stacks of matrices, broadcast as numpy does: extents meet from the last on.
/// </summary>
public static class BatchShapes
{
    /// <summary>The leading dimensions of both together, or null where extents differ and none is 1.</summary>
    public static int[]? Broadcast(EquatableArray<int> a, EquatableArray<int> b)
    {
        var shape = new int[Math.Max(a.Count, b.Count) - 2];
        for (var i = 0; i < shape.Length; i++)
        {
            var (x, y) = (Extent(a, shape.Length - i), Extent(b, shape.Length - i));
            if (x != y && x != 1 && y != 1) return null;
            shape[i] = Math.Max(x, y);
        }

        return shape;
    }

    /// <summary>For each matrix of a broadcast stack, in order, which one of an operand's it comes from.</summary>
    public static int[] Sources(EquatableArray<int> operand, ReadOnlySpan<int> batch)
    {
        var count = 1;
        foreach (var extent in batch) count *= extent;
        var sources = new int[count];
        for (var i = 0; i < count; i++)
        {
            var (rest, step) = (i, 1);
            for (var d = batch.Length - 1; d >= 0; d--)
            {
                (rest, var index) = Math.DivRem(rest, batch[d]);
                var extent = Extent(operand, batch.Length - d);
                if (extent > 1) sources[i] += index * step;
                step *= extent;
            }
        }

        return sources;
    }

    /// <summary>
    /// Extent of the leading dimension that stands so many places before the matrix; 1 beyond the first.
    /// </summary>
    private static int Extent(EquatableArray<int> shape, int place) =>
        shape.Count - 2 - place is var i && i >= 0 ? shape[i] : 1;
}
