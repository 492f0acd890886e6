using TrnEmu.Core.Isa;

namespace TrnEmu.Sim.Attribution;

/// <summary>
/// A stretch of the critical path. Each begins when the one before it ends, from 0 to the elapsed time.
/// </summary>
/// <param name="From">Start, in picoseconds.</param>
/// <param name="To">End, in picoseconds.</param>
/// <param name="Kind">What the time is spent on.</param>
/// <param name="Core">The core on which it is spent.</param>
/// <param name="Engine">Engine that executes the instruction, or that triggered the transfer.</param>
/// <param name="Queue">The program's number of the DMA queue; -1 where no DMA is meant.</param>
/// <param name="Instruction">Engine instruction, counted over the stream: of a transfer, its trigger.</param>
/// <param name="Transfer">Transfer, counted over the stream; -1 where none is meant.</param>
/// <param name="Operation">What it is a part of.</param>
public readonly record struct PathSegment(
    long From, long To, PathKind Kind, int Core, Engine Engine, int Queue, int Instruction, int Transfer,
    Operation Operation)
{
    /// <summary>Picoseconds.</summary>
    public long Time => To - From;
}
