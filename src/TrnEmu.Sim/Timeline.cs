using TrnEmu.Core.Isa;
using TrnEmu.Sim.Attribution;
using TrnEmu.Sim.Models;

namespace TrnEmu.Sim;

/// <summary>What happened when. Times are picoseconds from the start of the kernel.</summary>
public sealed record Timeline
{
    /// <summary>Until the last instruction has completed and the last transfer is written.</summary>
    public required long Elapsed { get; init; }

    /// <summary>As a profiler on the chip would print it: with the runtime's preamble and epilogue.</summary>
    public required long ElapsedWithRuntime { get; init; }

    /// <summary><see cref="Elapsed"/> in microseconds.</summary>
    public double TimeUs => Units.Microseconds(Elapsed);

    /// <summary><see cref="ElapsedWithRuntime"/> in microseconds.</summary>
    public double TimeWithRuntimeUs => Units.Microseconds(ElapsedWithRuntime);

    /// <summary>Each core.</summary>
    public required IReadOnlyList<CoreTimes> Cores { get; init; }

    /// <summary>All work, waiting left out, split by how the numbers behind it are known.</summary>
    /// <remarks>See <see cref="Streams.PricedStream.Basis"/>.</remarks>
    public required BasisTime Basis { get; init; }

    /// <summary>When everything happened, when asked for; else null.</summary>
    public Recording? Recording { get; init; }
}

/// <summary>One core.</summary>
public sealed record CoreTimes
{
    /// <summary>Start of each operation, in program order; of DMA: of its trigger.</summary>
    public required ReadOnlyMemory<long> EntryStart { get; init; }

    /// <summary>When each operation's effect is there; of DMA: when the last share is written.</summary>
    public required ReadOnlyMemory<long> EntryEnd { get; init; }

    /// <summary>Tensor, Vector, Scalar, GpSimd, Sync.</summary>
    public required IReadOnlyList<EngineTimes> Engines { get; init; }

    /// <summary>The DMA engines.</summary>
    public required DmaUse Dma { get; init; }
}

/// <summary>
/// How an engine spent its time: busy, stalled, or idle at the end, which add up to the elapsed time.
/// </summary>
public sealed record EngineTimes
{
    /// <summary>Which.</summary>
    public required Engine Engine { get; init; }

    /// <summary>Engine instructions executed.</summary>
    public required int Instructions { get; init; }

    /// <summary>Time for which an instruction held the engine.</summary>
    public required long Busy { get; init; }

    /// <summary>Time spent waiting for semaphores, by the engine that signalled at last; index None is DMA.</summary>
    public required IReadOnlyList<long> Stalls { get; init; }

    /// <summary>Time after its last instruction.</summary>
    public required long IdleTail { get; init; }

    /// <summary>Start of each instruction when asked for; else empty.</summary>
    public ReadOnlyMemory<long> InstructionStart { get; init; }

    /// <summary>End of each instruction when asked for; else empty.</summary>
    public ReadOnlyMemory<long> InstructionEnd { get; init; }
}

/// <summary>What a core's DMA engines did.</summary>
/// <param name="Transfers">Transfers triggered.</param>
/// <param name="Bytes">Bytes moved.</param>
/// <param name="Busy">Time for which engines were held, added over the sixteen.</param>
/// <param name="Active">Time for which some engine was held.</param>
/// <param name="HbmBytesRead">Bytes read from HBM.</param>
/// <param name="HbmBytesWritten">Bytes written to HBM.</param>
public sealed record DmaUse(int Transfers, long Bytes, long Busy, long Active, long HbmBytesRead, long HbmBytesWritten);
