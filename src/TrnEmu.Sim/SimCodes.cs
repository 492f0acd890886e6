using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Sim;

/// <summary>What timing a program can find before it starts.</summary>
public static class SimCodes
{
    /// <summary>An operation without an engine.</summary>
    public static readonly DiagnosticCode NotPlaced = new(
        "TRN1601",
        "operation without an engine",
        "Time passes on engines; an operation that no pass has placed has none.",
        "Compile the trace first.");

    /// <summary>A class that the chip file does not price on that engine.</summary>
    public static readonly DiagnosticCode NoPrice = new(
        "TRN1602",
        "instruction without a price",
        "The chip file names no cost of that class for that engine.",
        "Place the operation on another engine, or add the class to the chip file.");

    /// <summary>More cores or queues than the pass follows.</summary>
    public static readonly DiagnosticCode TooMany = new(
        "TRN1603",
        "too many cores or queues",
        "The timing pass follows up to 12 cores and up to 64 DMA queues in each.",
        "Use fewer.");

    /// <summary>A loop in what should be straight.</summary>
    public static readonly DiagnosticCode Loop = new(
        "TRN1604",
        "loop in a straight program",
        "Time follows each iteration of a loop as function took it; how often a loop runs can depend on data.",
        "Execute the program first and time it along its path.");
}
