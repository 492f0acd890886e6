using TrnEmu.Core.Isa;

namespace TrnEmu.Reports.Lanes;

/// <summary>A stretch of a lane. Times are picoseconds.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Row">Slices of one row do not overlap; those that do stand in rows of their own, from 0.</param>
/// <param name="Entry">Operation, counted over all cores.</param>
/// <param name="Instruction">Engine instruction of the stream; -1 for a wait or a transfer.</param>
/// <param name="Start">Start.</param>
/// <param name="End">When the engine is free again, the wait is over, the last byte is written.</param>
/// <param name="Done">When its effect is there.</param>
internal readonly record struct Slice(
    Lane Lane, int Row, int Entry, int Instruction, long Start, long End, long Done)
{
    /// <summary>An engine waits; <see cref="Cause"/> says for whom.</summary>
    public bool IsWait { get; init; }

    /// <summary>The engine that ended a wait; None for DMA.</summary>
    public Engine Cause { get; init; }

    /// <summary>Bytes that a transfer moves.</summary>
    public long Bytes { get; init; }
}

/// <summary>Takes slices as they come: in the order of their starts within a row.</summary>
internal interface ISliceSink
{
    /// <summary>A slice.</summary>
    void OnSlice(in Slice slice);

    /// <summary>A DMA engine moves a share of the transfer of an operation, from start to end.</summary>
    void OnShare(int core, int entry, long bytes, long start, long end);
}
