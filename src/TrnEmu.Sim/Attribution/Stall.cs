using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;

namespace TrnEmu.Sim.Attribution;

/// <summary>What an engine waited for, added up over all waits of the kind.</summary>
/// <param name="Core">Core of the engine.</param>
/// <param name="Engine">The engine that waited.</param>
/// <param name="Cause">The engine that signalled at last; None for DMA.</param>
/// <param name="Queue">The program's number of the DMA queue; -1 where an engine signalled.</param>
/// <param name="Semaphore">What was waited for; null for a port or PSUM bank.</param>
/// <param name="Producer">Operation that signalled.</param>
/// <param name="Where">Its place in the user's source.</param>
public readonly record struct StallKey(
    int Core, Engine Engine, Engine Cause, int Queue, Semaphore? Semaphore, string Producer, SourceSpan Where);

/// <summary>A reason for waiting with its time.</summary>
/// <param name="Key">For what.</param>
/// <param name="Time">Picoseconds.</param>
/// <param name="Count">How often.</param>
public readonly record struct Stall(StallKey Key, long Time, int Count);
