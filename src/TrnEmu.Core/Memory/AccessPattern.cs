using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Memory;

/// <summary>
/// Which elements of a tensor an operand touches, and in which order: partition by partition, then four
/// <c>[stride, count]</c> levels, level 3 fastest. Element (p, i0, i1, i2, i3) lies
/// <c>Offset + DType.Size * (p * PartitionStep + i0 * Stride0 + … + i3 * Stride3)</c> bytes into the tensor (HBM) or
/// into partition <c>StartPartition + p</c> (SBUF, PSUM; PartitionStep is 0 there).
/// A fixed size and no arrays: records that hold patterns compare by value.
/// </summary>
/// <remarks>Laid out without gaps, 96 bytes: vectors copy these without overlap, so that copies of copies do not stall.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AccessPattern
{
    /// <summary>Id of the tensor.</summary>
    public int Tensor { get; init; }

    /// <summary>First partition within the tensor (SBUF, PSUM); 0 in HBM.</summary>
    public int StartPartition { get; init; }

    /// <summary>Number of partitions; in HBM the count of the outermost level.</summary>
    public int Partitions { get; init; }

    /// <summary>HBM: elements from one partition's row to the next. 0 in SBUF and PSUM.</summary>
    public long PartitionStep { get; init; }

    /// <summary>Bytes from the start of the tensor (HBM) or of the partition (SBUF, PSUM).</summary>
    public long Offset { get; init; }

    /// <summary>Type of the elements as they are read or written here.</summary>
    public DType DType { get; init; }

    /// <summary>Count of the outermost free level.</summary>
    public int Count0 { get; init; }

    /// <summary>Count of the second free level.</summary>
    public int Count1 { get; init; }

    /// <summary>Count of the third free level.</summary>
    public int Count2 { get; init; }

    /// <summary>Count of the innermost free level.</summary>
    public int Count3 { get; init; }

    /// <summary>Stride of the outermost free level in elements; 0 repeats.</summary>
    public int Stride0 { get; init; }

    /// <summary>Stride of the second free level in elements.</summary>
    public int Stride1 { get; init; }

    /// <summary>Stride of the third free level in elements.</summary>
    public int Stride2 { get; init; }

    /// <summary>Stride of the innermost free level in elements.</summary>
    public int Stride3 { get; init; }

    /// <summary>The part of the address that is known only while running.</summary>
    public DynamicOffset Dynamic { get; init; }

    /// <summary>Elements in each partition.</summary>
    public long Free
    {
        // Inlined: else who asks for it of a copy makes all of the copy first.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (long)Count0 * Count1 * Count2 * Count3;
    }

    /// <summary>Elements in all.</summary>
    public long Elements => Partitions * Free;

    /// <summary>Bytes that the elements of one partition have together (repeated ones counted again).</summary>
    public long BytesPerPartition => Free * DType.Size();

    /// <summary>True when the address depends on a register or tensor.</summary>
    public bool IsDynamic
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Dynamic.Kind != OffsetKind.None;
    }

    /// <summary>True when one register or element moves the pattern as a whole.</summary>
    public bool IsMoved => Dynamic.Kind is OffsetKind.Register or OffsetKind.Scalar;

    /// <summary>True when each free element has an index of its own.</summary>
    public bool IsIndirect
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Dynamic.Kind == OffsetKind.Indirect;
    }

    /// <summary>
    /// The elements of SBUF that hold its indices, whole columns of them; the address must come from a tensor.
    /// </summary>
    public AccessPattern IndexPattern() => new()
    {
        Tensor = Dynamic.Source,
        StartPartition = Dynamic.SourcePartition,
        Partitions = Dynamic.Kind switch
        {
            OffsetKind.Scalar => 1,
            OffsetKind.Vector when Dynamic.Group > 0 => Math.Min(Dynamic.Group, Partitions),
            _ => Partitions,
        },
        Offset = Dynamic.SourceByte,
        DType = DType.Int32,
        Count0 = 1,
        Count1 = 1,
        Count2 = 1,
        Count3 = Dynamic.Group > 0 && Dynamic.Kind != OffsetKind.Scalar ? (int)(((IsIndirect ? Free : Partitions) + Dynamic.Group - 1) / Dynamic.Group) : 1,
        Stride3 = 1,
    };

    /// <summary>The whole tensor: its partitions (HBM: its first extent), each as one contiguous row.</summary>
    public static AccessPattern Whole(Tensor tensor)
    {
        var row = tensor.Elements / tensor.Shape[0];
        return new AccessPattern
        {
            Tensor = tensor.Id,
            Partitions = tensor.Shape[0],
            PartitionStep = tensor.Space == MemorySpace.Hbm ? row : 0,
            DType = tensor.DType,
            Count0 = 1,
            Count1 = 1,
            Count2 = 1,
            Count3 = checked((int)row),
            Stride3 = 1,
        };
    }

    /// <summary>
    /// Bytes from <see cref="Offset"/> to one past the last byte touched in a partition, partitions left out; static
    /// part.
    /// </summary>
    public (long First, long End) FreeExtent()
    {
        long low = 0, high = 0;
        Widen(Count0, Stride0, ref low, ref high);
        Widen(Count1, Stride1, ref low, ref high);
        Widen(Count2, Stride2, ref low, ref high);
        Widen(Count3, Stride3, ref low, ref high);
        return (low * DType.Size(), (high + 1) * DType.Size());
    }

    private static void Widen(int count, int stride, ref long low, ref long high)
    {
        var reach = (long)stride * (count - 1);
        if (reach < 0) low += reach;
        else high += reach;
    }
}
