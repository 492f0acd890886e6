using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics;

/// <summary>Moves elements without looking at their values, as DMA does.</summary>
public static unsafe class Bytes
{
    /// <summary>
    /// Element i of <paramref name="dst"/> = element i of <paramref name="src"/>, bits kept, both numbered partition
    /// by partition in pattern order. The shapes may differ; the number of elements and the element size may not.
    /// Elements are moved in ascending order; src and dst may share bytes only where they are the same tile.
    /// </summary>
    /// <exception cref="ArgumentException">The numbers of elements or the element sizes differ.</exception>
    public static void Copy(in Tile dst, in Tile src)
    {
        var total = (long)src.Partitions * src.Elements;
        var size = src.DType.Size();
        if (dst.DType.Size() != size || (long)dst.Partitions * dst.Elements != total)
            throw new ArgumentException("element size or number of elements differs");
        var to = new Runs(dst, 0, 0, total);
        var from = new Runs(src, 0, 0, total);
        byte* d = null, s = null;
        int room = 0, left = 0;
        for (var done = 0L; done < total;)
        {
            if (room == 0) to.Next(out d, out room);
            if (left == 0) from.Next(out s, out left);
            var count = Math.Min(room, left);
            Run(d, dst.Stride3, s, src.Stride3, count, size);
            d += count * dst.Stride3;
            s += count * src.Stride3;
            room -= count;
            left -= count;
            done += count;
        }
    }

    /// <summary>Moves <paramref name="count"/> elements between two strides in bytes.</summary>
    internal static void Run(byte* d, long dStride, byte* s, long sStride, int count, int size)
    {
        if (dStride == size && sStride == size)
            Buffer.MemoryCopy(s, d, (long)count * size, (long)count * size);
        else if (size == 4)
            Elements<uint>(d, dStride, s, sStride, count);
        else if (size == 2)
            Elements<ushort>(d, dStride, s, sStride, count);
        else
            Elements<byte>(d, dStride, s, sStride, count);
    }

    private static void Elements<T>(byte* d, long dStride, byte* s, long sStride, int count) where T : unmanaged
    {
        for (var i = 0; i < count; i++, d += dStride, s += sStride)
            Unsafe.WriteUnaligned(d, Unsafe.ReadUnaligned<T>(s));
    }
}
