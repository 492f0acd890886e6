using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TrnEmu.Core.Numerics;

/// <summary>Moves elements without looking at their values, as DMA does.</summary>
public static unsafe class Bytes
{
    private const int Line = 64;

    /// <summary>
    /// Element i of <paramref name="dst"/> = element i of <paramref name="src"/>, bits kept, both numbered partition
    /// by partition in pattern order. The shapes may differ; the number of elements and the element size may not.
    /// Elements are moved in ascending order; src and dst may share bytes only where they are the same tile.
    /// </summary>
    /// <exception cref="ArgumentException">The numbers of elements or the element sizes differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(in Tile dst, in Tile src)
    {
        var total = (long)src.Partitions * src.Elements;
        var size = src.DType.Size();
        if (dst.DType.Size() != size || (long)dst.Partitions * dst.Elements != total)
            throw new ArgumentException("element size or number of elements differs");
        var to = new RunsAhead(dst, total);
        var from = new RunsAhead(src, total);
        byte* d = null, s = null;
        int room = 0, left = 0;
        for (var done = 0L; done < total;)
        {
            if (room == 0) to.Next(out d, out room);
            if (left == 0) from.Next(out s, out left);
            var count = Math.Min(room, left);
            if (dst.Stride3 == size && src.Stride3 == size) Row(d, to.Coming(count), s, from.Coming(count), (long)count * size);
            else Run(d, dst.Stride3, s, src.Stride3, count, size);
            d += count * dst.Stride3;
            s += count * src.Stride3;
            room -= count;
            left -= count;
            done += count;
        }
    }

    /// <summary>
    /// Moves contiguous bytes while it has those fetched that are next: rows lie too far apart for the processor to guess
    /// where it goes on. There may be none; fetching faults nowhere.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row(byte* d, byte* dNext, byte* s, byte* sNext, long length)
    {
        if (length < Line || dNext == null || sNext == null || !Sse.IsSupported)
        {
            Buffer.MemoryCopy(s, d, length, length);
            return;
        }

        for (var end = s + (length - Line); s <= end; s += Line, d += Line, sNext += Line, dNext += Line)
        {
            Sse.Prefetch0(sNext);
            Sse.Prefetch0(dNext);
            Vector512.Load(s).Store(d);
        }

        length %= Line;
        Buffer.MemoryCopy(s, d, length, length);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Elements<T>(byte* d, long dStride, byte* s, long sStride, int count) where T : unmanaged
    {
        for (var i = 0; i < count; i++, d += dStride, s += sStride)
            Unsafe.WriteUnaligned(d, Unsafe.ReadUnaligned<T>(s));
    }
}
