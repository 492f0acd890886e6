using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>Why loops are refused (TRN2455 to TRN2459).</summary>
public static class LoopCodes
{
    /// <summary>A loop without an end, or an end without a loop.</summary>
    public static readonly DiagnosticCode Nesting = new(
        "TRN2455", "loop without its other half",
        "loop and while_loop begin a body on their core, end_loop ends the one that began last.",
        "Give each loop one end_loop behind its body.");

    /// <summary>A step that never ends.</summary>
    public static readonly DiagnosticCode Step = new(
        "TRN2456", "step of a loop", "A loop counts upwards; the step is part of the loop instruction, not a register.",
        "Give a step of at least 1; to count down, subtract in the body.");

    /// <summary>A semaphore that a loop shares with what is around it.</summary>
    public static readonly DiagnosticCode Semaphore = new(
        "TRN2457", "semaphore across a loop",
        "The start of a loop and the end of each iteration are barriers of the core, at which semaphores of loops return "
        + "to 0: waits and signals meet between two barriers of one loop, or outside of all loops.",
        "Leave the wait out: what comes before a barrier has completed. Else use another semaphore in each place.");

    /// <summary>A sum that a loop would begin in one iteration and continue in the next.</summary>
    public static readonly DiagnosticCode Accumulation = new(
        "TRN2458", "automatic accumulation in a loop",
        "A loop executes one and the same instruction in each iteration, and accumulate is part of it.",
        "Begin the sum before the loop, and say accumulate=true in it; or accumulate=false to begin anew each time.");

    /// <summary>Loops in loops in loops.</summary>
    public static readonly DiagnosticCode Depth = new(
        "TRN2459", "too many nested loops", "The emulator follows up to 64 loops inside each other.",
        "Join loops into one.");
}
