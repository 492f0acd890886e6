using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa;

/// <summary>The free elements of a pattern, numbered 0 to Free - 1 in pattern order (level 3 fastest).</summary>
internal static class FreeElements
{
    /// <summary>Bytes from the pattern's offset to free element <paramref name="element"/>, in any partition.</summary>
    public static long ByteOf(in AccessPattern p, long element)
    {
        (element, var i3) = Math.DivRem(element, p.Count3);
        (element, var i2) = Math.DivRem(element, p.Count2);
        (var i0, var i1) = Math.DivRem(element, p.Count1);
        return (i0 * p.Stride0 + i1 * p.Stride1 + i2 * p.Stride2 + i3 * p.Stride3) * p.DType.Size();
    }

    /// <summary>
    /// Length of the contiguous runs that the free elements of one partition fall into: levels that continue each other
    /// are one run. Free elements k * RunLength to (k + 1) * RunLength - 1 follow one another in memory.
    /// </summary>
    public static long RunLength(in AccessPattern p)
    {
        long run = 1;
        _ = Extend(ref run, p.Count3, p.Stride3) && Extend(ref run, p.Count2, p.Stride2)
            && Extend(ref run, p.Count1, p.Stride1) && Extend(ref run, p.Count0, p.Stride0);
        return run;
    }

    /// <summary>Levels that it takes to name the elements: those that continue each other are one.</summary>
    public static int Levels(in AccessPattern p)
    {
        var (levels, count, stride) = (1, (long)p.Count3, (long)p.Stride3);
        Join(ref levels, ref count, ref stride, p.Count2, p.Stride2);
        Join(ref levels, ref count, ref stride, p.Count1, p.Stride1);
        Join(ref levels, ref count, ref stride, p.Count0, p.Stride0);
        return levels;
    }

    /// <summary>The stride furthest from 0 among those levels; 0 for a single element.</summary>
    public static long FurthestStride(in AccessPattern p)
    {
        var (levels, count, stride) = (1, (long)p.Count3, p.Count3 > 1 ? (long)p.Stride3 : 0);
        var furthest = stride;
        Join(ref levels, ref count, ref stride, p.Count2, p.Stride2);
        furthest = long.MaxMagnitude(furthest, stride);
        Join(ref levels, ref count, ref stride, p.Count1, p.Stride1);
        furthest = long.MaxMagnitude(furthest, stride);
        Join(ref levels, ref count, ref stride, p.Count0, p.Stride0);
        return long.MaxMagnitude(furthest, stride);
    }

    private static void Join(ref int levels, ref long innerCount, ref long innerStride, int count, int stride)
    {
        if (count == 1) return;
        if (innerCount == 1)
        {
            (innerCount, innerStride) = (count, stride);
        }
        else if (stride == innerCount * innerStride)
        {
            innerCount *= count;
        }
        else
        {
            levels++;
            (innerCount, innerStride) = (count, stride);
        }
    }

    private static bool Extend(ref long run, int count, int stride)
    {
        if (count == 1) return true;
        if (stride != run) return false;
        run *= count;
        return true;
    }
}
