namespace TrnEmu.Compiler.FrontEnd;

/// <summary>Strides of a reshaped view, where the elements can stay in place.</summary>
internal static class ViewReshape
{
    /// <summary>
    /// Walks both shapes at once, group by group: the smallest runs of old and new dimensions with equal products. The
    /// old dimensions of a group must be contiguous among themselves. Dimensions before <paramref name="first"/> are
    /// kept. Null when the shapes have other numbers of elements, or a group is not contiguous.
    /// </summary>
    public static long[]? Strides(ReadOnlySpan<int> old, ReadOnlySpan<long> oldStrides, ReadOnlySpan<int> shape, int first)
    {
        if (Product(old) != Product(shape)) return null;
        var strides = new long[shape.Length];
        oldStrides[..first].CopyTo(strides);
        var (i, j) = (first, first);
        while (i < old.Length || j < shape.Length)
        {
            var (i0, j0) = (i, j);
            long a = i < old.Length ? old[i++] : 1;
            long b = j < shape.Length ? shape[j++] : 1;
            while (a != b)
            {
                if (a < b) a *= old[i++];
                else b *= shape[j++];
            }

            if (Stride(old[i0..i], oldStrides[i0..i]) is not { } step) return null;
            for (var k = j - 1; k >= j0; k--)
            {
                strides[k] = step;
                step *= shape[k];
            }
        }

        return strides;
    }

    /// <summary>Stride of the contiguous run that the dimensions make together, or null when they make none.</summary>
    private static long? Stride(ReadOnlySpan<int> shape, ReadOnlySpan<long> strides)
    {
        long? innermost = null;
        long next = 0;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            if (shape[i] == 1) continue;
            if (innermost is not null && strides[i] != next) return null;
            innermost ??= strides[i];
            next = strides[i] * shape[i];
        }

        return innermost ?? 1;
    }

    private static long Product(ReadOnlySpan<int> shape)
    {
        long n = 1;
        foreach (var extent in shape)
        {
            if (extent < 1) return -1;
            n *= extent;
        }

        return n;
    }
}
