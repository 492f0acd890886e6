using TrnEmu.Core.Numerics;

namespace TrnEmu.Eager;

/// <summary>
/// Elements of a tensor that the host copies, in row-major order of any number of dimensions: on chip dimension 0 counts
/// partitions.
/// </summary>
/// <param name="tensor">Its id.</param>
/// <param name="dtype">Type as which the elements are copied.</param>
/// <param name="startPartition">First partition, on chip.</param>
/// <param name="offset">Bytes from the start of the tensor, on chip of the partition.</param>
/// <param name="counts">Extents, each at least 1.</param>
/// <param name="strides">As many, in elements; the first is of no meaning on chip.</param>
public readonly ref struct HostView(
    int tensor, DType dtype, int startPartition, long offset, ReadOnlySpan<int> counts, ReadOnlySpan<long> strides)
{
    /// <summary>Id of the tensor.</summary>
    public int Tensor { get; } = tensor;

    /// <summary>Type of the elements.</summary>
    public DType DType { get; } = dtype;

    /// <summary>First partition, on chip.</summary>
    public int StartPartition { get; } = startPartition;

    /// <summary>Bytes to the first element.</summary>
    public long Offset { get; } = offset;

    /// <summary>Extents.</summary>
    public ReadOnlySpan<int> Counts { get; } = counts;

    /// <summary>Elements from one index to the next.</summary>
    public ReadOnlySpan<long> Strides { get; } = strides;

    /// <summary>Bytes of all elements.</summary>
    public long Bytes
    {
        get
        {
            Int128 bytes = DType.Size();
            foreach (var count in Counts) bytes = Int128.Min(bytes * count, long.MaxValue);
            return (long)bytes;
        }
    }
}
