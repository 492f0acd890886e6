using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>Shapes as lists of extents, and where their elements are.</summary>
internal static class Extents
{
    /// <summary>The product of the extents.</summary>
    public static double Elements(ReadOnlySpan<int> shape)
    {
        double elements = 1;
        foreach (var extent in shape) elements *= extent;
        return elements;
    }

    /// <summary>Elements from one index to the next of each dimension, row-major.</summary>
    public static long[] Strides(ReadOnlySpan<int> shape)
    {
        var strides = new long[shape.Length];
        long step = 1;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = step;
            step *= shape[i];
        }

        return strides;
    }

    /// <summary>Place of every element of a shape in row-major order: offset + the sum of index times stride.</summary>
    public static long[] Places(ReadOnlySpan<int> shape, ReadOnlySpan<long> strides, long offset)
    {
        var places = new long[(long)Elements(shape)];
        var index = new int[shape.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = offset;
            for (var d = shape.Length - 1; d >= 0; d--)
            {
                offset += strides[d];
                if (++index[d] < shape[d]) break;
                offset -= strides[d] * shape[d];
                index[d] = 0;
            }
        }

        return places;
    }

    /// <summary>
    /// The shape that two have together: dimensions are aligned at the end, and extents of 1 repeat. Null when two
    /// others differ.
    /// </summary>
    public static int[]? Common(EquatableArray<int> a, EquatableArray<int> b)
    {
        var shape = new int[Math.Max(a.Count, b.Count)];
        for (var i = 1; i <= shape.Length; i++)
        {
            var (m, n) = (i <= a.Count ? a[^i] : 1, i <= b.Count ? b[^i] : 1);
            if (m != n && m != 1 && n != 1) return null;
            shape[^i] = Math.Max(m, n);
        }

        return shape;
    }

    /// <summary>Place in an operand of every element of the shape that it is repeated to.</summary>
    public static long[] Repeated(EquatableArray<int> operand, ReadOnlySpan<int> shape)
    {
        var own = Strides([.. operand]);
        var strides = new long[shape.Length];
        for (var i = 1; i <= operand.Count; i++) strides[^i] = operand[^i] == 1 ? 0 : own[^i];
        return Places(shape, strides, 0);
    }
}
