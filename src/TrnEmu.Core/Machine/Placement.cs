using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Machine;

/// <summary>Where a tensor's bytes are in this process.</summary>
/// <param name="Block">The memory that holds them.</param>
/// <param name="Offset">Byte of the tensor's first element in the block.</param>
/// <param name="PartitionStride">Bytes between partitions; 0 for HBM tensors, whose patterns bring their own
/// step.</param>
public readonly record struct Placement(NativeBlock Block, long Offset, long PartitionStride);
