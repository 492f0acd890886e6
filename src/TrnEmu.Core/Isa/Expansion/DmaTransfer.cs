using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Expansion;

/// <summary>The data movement behind one DMA trigger, as the DMA engines see it.</summary>
/// <param name="Source">Memory read.</param>
/// <param name="Destination">Memory written.</param>
/// <param name="StartPartition">First partition on the SBUF side; decides which DMA engines move the rows.</param>
/// <param name="Rows">Rows (partitions) to move.</param>
/// <param name="RowBytes">Bytes of each row; of a sum, of all its sources.</param>
/// <param name="RunsPerRow">Contiguous runs in a row, the larger count of the two sides: descriptors.</param>
/// <param name="DType">Element type on the reading side.</param>
/// <param name="Kind">What is done on the way.</param>
/// <param name="Descriptors">Who writes its descriptors.</param>
/// <param name="HbmRead">Bytes of each row that come from HBM; null for all or none, as the source lies.</param>
/// <param name="HbmWritten">Bytes of each row that go to HBM; null for all or none, as the destination lies.</param>
/// <param name="HbmPitch">
/// Bytes from a row to the next on the side that lies in HBM; 0 where rows follow one another, or are chosen by index.
/// </param>
public readonly record struct DmaTransfer(
    MemorySpace Source, MemorySpace Destination, int StartPartition, int Rows, long RowBytes, int RunsPerRow, DType DType,
    DmaKind Kind = DmaKind.Copy, DgeMode Descriptors = DgeMode.Unknown, long? HbmRead = null,
    long? HbmWritten = null, long HbmPitch = 0)
{
    /// <summary>Bytes that some of its bytes, whole rows of them, read from HBM.</summary>
    public long HbmReadOf(long bytes) => HbmRead is { } part ? bytes / RowBytes * part : Source == MemorySpace.Hbm ? bytes : 0;

    /// <summary>Bytes that some of its bytes, whole rows of them, write to HBM.</summary>
    public long HbmWrittenOf(long bytes) =>
        HbmWritten is { } part ? bytes / RowBytes * part : Destination == MemorySpace.Hbm ? bytes : 0;
}

/// <summary>What DMA engines do with the data on the way.</summary>
public enum DmaKind : byte
{
    /// <summary>Move rows as they are.</summary>
    Copy,

    /// <summary>Rows chosen by an index tensor.</summary>
    Gather,

    /// <summary>Rows become columns.</summary>
    Transpose,

    /// <summary>Rows of several sources are added.</summary>
    Sum,
}
