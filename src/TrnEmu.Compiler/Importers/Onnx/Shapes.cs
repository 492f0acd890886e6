namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>Arithmetic of extents, strides and axes.</summary>
internal static class Shapes
{
    /// <summary>Elements of a shape; long.MaxValue when there are more.</summary>
    public static long Count(ReadOnlySpan<int> shape)
    {
        long count = 1;
        foreach (var extent in shape)
        {
            if (extent == 0) return 0;
            count = count > long.MaxValue / extent ? long.MaxValue / 2 : count * extent;
        }

        return count;
    }

    /// <summary>Row-major strides in elements.</summary>
    public static int[] Strides(ReadOnlySpan<int> shape)
    {
        var strides = new int[shape.Length];
        long stride = 1;
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            strides[d] = (int)Math.Min(stride, int.MaxValue);
            stride *= Math.Max(shape[d], 1);
            stride = Math.Min(stride, int.MaxValue);
        }

        return strides;
    }

    /// <summary>An axis that may count from the end.</summary>
    /// <exception cref="OnnxRefusal">There is none such.</exception>
    public static int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw new OnnxRefusal($"axis is {axis}, expected {-rank} to {rank - 1} for rank {rank}");

    /// <summary>Distinct axes, ascending.</summary>
    public static int[] Axes(IEnumerable<long> axes, int rank)
    {
        var list = axes.Select(a => Axis(a, rank)).Order().ToArray();
        return list.Distinct().Count() == list.Length
            ? list : throw new OnnxRefusal($"axes [{string.Join(',', list)}] name an axis twice");
    }

    /// <summary>The shape that two broadcast to.</summary>
    /// <exception cref="OnnxRefusal">They do not fit.</exception>
    public static int[] Broadcast(int[] a, int[] b)
    {
        var shape = new int[Math.Max(a.Length, b.Length)];
        for (var d = 1; d <= shape.Length; d++)
        {
            var (x, y) = (d <= a.Length ? a[^d] : 1, d <= b.Length ? b[^d] : 1);
            if (x != y && x != 1 && y != 1)
                throw new OnnxRefusal($"shapes [{string.Join(',', a)}] and [{string.Join(',', b)}] do not broadcast");
            shape[^d] = x == 1 ? y : x;
        }

        return shape;
    }

    /// <summary>0, 1, … n - 1.</summary>
    public static int[] Iota(int n) => [.. Enumerable.Range(0, n)];

    /// <summary>A permutation that makes <paramref name="axis"/> the last.</summary>
    public static int[] ToLast(int axis, int rank) => [.. Iota(rank).Where(d => d != axis), axis];

    /// <summary>The permutation that undoes another.</summary>
    public static int[] Inverse(int[] permutation)
    {
        var inverse = new int[permutation.Length];
        for (var d = 0; d < inverse.Length; d++) inverse[permutation[d]] = d;
        return inverse;
    }
}
