using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Expansion;

/// <summary>The data movement behind one DMA trigger, as the DMA engines see it.</summary>
/// <param name="Source">Memory read.</param>
/// <param name="Destination">Memory written.</param>
/// <param name="StartPartition">First partition on the SBUF side; decides which DMA engines move the rows.</param>
/// <param name="Rows">Rows (partitions) to move.</param>
/// <param name="RowBytes">Bytes of each row.</param>
/// <param name="RunsPerRow">Contiguous runs in a row, the larger count of the two sides: descriptors.</param>
/// <param name="DType">Element type on the reading side.</param>
/// <param name="Kind">What is done on the way.</param>
/// <param name="Descriptors">Who writes its descriptors.</param>
public readonly record struct DmaTransfer(
    MemorySpace Source, MemorySpace Destination, int StartPartition, int Rows, long RowBytes, int RunsPerRow, DType DType,
    DmaKind Kind = DmaKind.Copy, DgeMode Descriptors = DgeMode.Unknown);

/// <summary>What DMA engines do with the data on the way.</summary>
public enum DmaKind : byte
{
    /// <summary>Move rows as they are.</summary>
    Copy,

    /// <summary>Rows chosen by an index tensor.</summary>
    Gather,

    /// <summary>Rows become columns.</summary>
    Transpose,
}
