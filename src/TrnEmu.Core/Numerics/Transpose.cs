using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Kernels;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// Exchanges the partition and the free dimension; the bits of the elements are kept, NaN payloads included.
/// </summary>
public static unsafe class Transpose
{
    /// <summary>
    /// dst[j, i] = src[i, j]: src of P partitions × F elements, dst of F partitions × P elements, free elements in
    /// pattern order, equal element sizes of 1, 2 or 4 bytes, or 1 in src and 2 in dst, which then gets zeros above.
    /// Any levels; src and dst must not share bytes.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes do not mirror each other or the element sizes differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Move(in Tile dst, in Tile src)
    {
        var size = src.DType.Size();
        var isWide = size == sizeof(byte) && dst.DType.Size() == sizeof(ushort);
        if ((dst.DType.Size() != size && !isWide) || dst.Partitions != src.Elements || dst.Elements != src.Partitions)
            throw new ArgumentException("shapes do not mirror each other or element sizes differ");
        if (isWide)
            Elements<byte, ushort>(dst, src);
        else if (dst.IsRow && src.IsRow)
            Blocks(dst.Base, dst.PartitionStride, src.Base, src.PartitionStride, src.Partitions, src.Elements, size);
        else if (size == 4)
            Elements<uint, uint>(dst, src);
        else if (size == 2)
            Elements<ushort, ushort>(dst, src);
        else
            Elements<byte, byte>(dst, src);
    }

    /// <summary>
    /// dst[j, i] = src[i, j] for i &lt; rows, j &lt; columns; elements of a row follow one another, rows are the given
    /// number of bytes apart. <paramref name="size"/> is 1, 2 or 4.
    /// </summary>
    internal static void Blocks(byte* dst, long dstStride, byte* src, long srcStride, int rows, int columns, int size)
    {
        if (size == 4)
            Blocks<uint, Transpose4>(dst, dstStride, src, srcStride, rows, columns);
        else if (size == 2)
            Blocks<ushort, Transpose2>(dst, dstStride, src, srcStride, rows, columns);
        else
            Blocks<byte, Transpose1>(dst, dstStride, src, srcStride, rows, columns);
    }

    private static void Blocks<T, TBlock>(byte* dst, long dstStride, byte* src, long srcStride, int rows, int columns)
        where T : unmanaged
        where TBlock : struct, ITransposeBlock
    {
        var columnsDone = columns - columns % (16 / sizeof(T));
        var done = Squares<T, TBlock, Lanes512, Vector512<byte>>(dst, dstStride, src, srcStride, 0, rows, columnsDone);
        done = Squares<T, TBlock, Lanes256, Vector256<byte>>(dst, dstStride, src, srcStride, done, rows, columnsDone);
        done = Squares<T, TBlock, Lanes128, Vector128<byte>>(dst, dstStride, src, srcStride, done, rows, columnsDone);
        Rest<T>(dst, dstStride, src, srcStride, 0, done, columnsDone, columns);
        Rest<T>(dst, dstStride, src, srcStride, done, rows, 0, columns);
    }

    /// <summary>As many rows as fill the lanes of whole vectors; gives the first row that is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Squares<T, TBlock, TLanes, TVector>(
        byte* dst, long dstStride, byte* src, long srcStride, int row, int rows, int columns)
        where T : unmanaged
        where TBlock : struct, ITransposeBlock
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (!TLanes.IsSupported) return row;
        var side = 16 / sizeof(T);
        for (var height = side * TLanes.Count; row <= rows - height; row += height)
        {
            for (var j = 0; j < columns; j += side)
            {
                TBlock.Run<TLanes, TVector>(
                    dst + j * dstStride + row * sizeof(T), dstStride, src + row * srcStride + j * sizeof(T), srcStride);
            }
        }

        return row;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rest<T>(
        byte* dst, long dstStride, byte* src, long srcStride, int row, int rows, int column, int columns)
        where T : unmanaged
    {
        for (var i = row; i < rows; i++)
        {
            for (var j = column; j < columns; j++)
            {
                var value = Unsafe.ReadUnaligned<T>(src + i * srcStride + j * sizeof(T));
                Unsafe.WriteUnaligned(dst + j * dstStride + i * sizeof(T), value);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Elements<TFrom, TTo>(in Tile dst, in Tile src)
        where TFrom : unmanaged, IBinaryInteger<TFrom>
        where TTo : unmanaged, IBinaryInteger<TTo>
    {
        var columns = new Runs(dst, 0, 0, dst.Elements);
        var i = 0;
        while (columns.Next(out var column, out var length))
        {
            for (var end = i + length; i < end; i++, column += dst.Stride3)
            {
                var rows = new Runs(src, i, 0, src.Elements);
                var d = column;
                while (rows.Next(out var s, out var count))
                {
                    for (var n = 0; n < count; n++, s += src.Stride3, d += dst.PartitionStride)
                        Unsafe.WriteUnaligned(d, TTo.CreateTruncating(Unsafe.ReadUnaligned<TFrom>(s)));
                }
            }
        }
    }
}
