namespace TrnEmu.Core.Memory;

/// <summary>
/// A part of an address that is known only while running: the pattern starts <c>index * Stride</c> elements later.
/// Source: nki deep dive "Access patterns", scalar_offset and vector_offset; NkiTensor.indirect.
/// </summary>
/// <param name="Kind">Where the index comes from.</param>
/// <param name="Source">Register number, or tensor id.</param>
/// <param name="SourcePartition">Partition of the (first) index element, for tensors.</param>
/// <param name="SourceByte">Byte of the index within its partition, for tensors.</param>
/// <param name="Stride">Elements of the pattern's dtype that one step of the index moves.</param>
/// <param name="Group">
/// Indirect: partitions that share a list of indices, 16, or 32 on the Tensor engine. Vector: rows of an index tensor of
/// several columns, index i in row i % group, column i / group; 0 for one column. Else 0.
/// </param>
public readonly record struct DynamicOffset(
    OffsetKind Kind, int Source, int SourcePartition, int SourceByte, long Stride, int Group = 0);

/// <summary>Where a dynamic index comes from.</summary>
public enum OffsetKind : byte
{
    /// <summary>The address is static.</summary>
    None,

    /// <summary>A 32-bit register of the engine.</summary>
    Register,

    /// <summary>One int32 or uint32 element of SBUF, the same index for the whole pattern.</summary>
    Scalar,

    /// <summary>
    /// An int32 or uint32 column of SBUF (of a transpose: several), one index for each partition of the pattern: a gather
    /// or scatter of rows.
    /// </summary>
    Vector,

    /// <summary>
    /// One index for each free element, from generation 4 on: the partitions of a group share a list of int32 or
    /// uint32 indices that lies in their own partitions of SBUF, index i in partition i % group, column i / group.
    /// </summary>
    Indirect,
}
