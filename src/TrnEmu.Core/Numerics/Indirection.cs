using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics;

/// <summary>
/// Moves elements between a row and places that a list of indices names. The partitions of a group share a list, which
/// lies in the group's own partitions of the index tile: index i in partition i % group, column i / group.
/// </summary>
internal static unsafe class Indirection
{
    /// <summary>dst[p, i] = element <c>stride * index[i]</c> after columns[p, 0]; bits are kept.</summary>
    public static void Gather(in Tile dst, in Tile columns, in Tile indices, int group, long stride) =>
        Move(dst, columns, indices, group, stride, isGather: true);

    /// <summary>Element <c>stride * index[i]</c> after columns[p, 0] = src[p, i], i ascending; bits are kept.</summary>
    public static void Scatter(in Tile columns, in Tile src, in Tile indices, int group, long stride) =>
        Move(src, columns, indices, group, stride, isGather: false);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Move(in Tile packed, in Tile columns, in Tile indices, int group, long stride, bool isGather)
    {
        var size = packed.DType.Size();
        for (var first = 0; first < packed.Partitions; first += group)
        {
            for (var i = 0; i < packed.Elements; i++)
            {
                var at = indices.Base + (first + i % group) * indices.PartitionStride + i / group * indices.Stride3;
                var bits = Unsafe.ReadUnaligned<uint>(at);
                var index = indices.DType == DType.UInt32 ? bits : (long)(int)bits;
                var place = columns.Base + first * columns.PartitionStride + index * stride * size;
                var element = packed.Base + first * packed.PartitionStride + (long)i * size;
                if (isGather) Bytes.Run(element, packed.PartitionStride, place, columns.PartitionStride, group, size);
                else Bytes.Run(place, columns.PartitionStride, element, packed.PartitionStride, group, size);
            }
        }
    }
}
