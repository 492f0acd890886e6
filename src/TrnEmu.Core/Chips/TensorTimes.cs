namespace TrnEmu.Core.Chips;

/// <summary>
/// The systolic array. A pass of N moving columns holds it for <c>max(N * cycles per column + overhead, minimum)</c>
/// cycles; the next stationary matrix loads meanwhile.
/// </summary>
public sealed record TensorTimes
{
    /// <summary>Clock of the array.</summary>
    [Expect("GHz", Min = 1e-3, Max = 1e3)]
    public required Quantity ClockGhz { get; init; }

    /// <summary>The vendor's total for the chip; shown beside the model's own peak, not used by it.</summary>
    [Expect("TFLOPS")]
    public required Quantity VendorChipBf16Tflops { get; init; }

    /// <summary>Cycles per moving column of 2 bytes or less per element.</summary>
    [Expect("cycles")]
    public required Quantity CyclesPerColumn { get; init; }

    /// <summary>Cycles per moving column of 4-byte elements, in each pass.</summary>
    [Expect("cycles")]
    public required Quantity Fp32CyclesPerColumn { get; init; }

    /// <summary>Passes over the moving matrix when fp32 inputs are multiplied.</summary>
    [Expect("passes", Min = 1, Max = 64, Whole = true)]
    public required Quantity Fp32Passes { get; init; }

    /// <summary>Cycles of each pass beyond its columns.</summary>
    [Expect("cycles")]
    public required Quantity PassOverheadCycles { get; init; }

    /// <summary>Least cycles of a pass.</summary>
    [Expect("cycles")]
    public required Quantity MinimumCycles { get; init; }

    /// <summary>Further cycles when 16-bit moving rows start on an odd element.</summary>
    [Expect("cycles")]
    public required Quantity MisalignedRowCycles { get; init; }

    /// <summary>Stationary columns of 2-byte elements loaded in a cycle; 4-byte elements take twice as long.</summary>
    [Expect("columns", Min = 1e-3)]
    public required Quantity LoadColumnsPerCycle { get; init; }

    /// <summary>Cycles of a stationary load beyond its columns.</summary>
    [Expect("cycles")]
    public required Quantity LoadOverheadCycles { get; init; }

    /// <summary>
    /// From the dispatch of a stationary load of 2-byte elements to the matrix being in place; 4-byte elements twice.
    /// </summary>
    [Expect("ns")]
    public required Quantity LoadLatencyNs { get; init; }

    /// <summary>From the end of the last column entering to the result being in PSUM.</summary>
    [Expect("ns")]
    public required Quantity LatencyNs { get; init; }

    /// <summary>Least time from start to result of a transposition.</summary>
    [Expect("ns")]
    public required Quantity TransposeLatencyNs { get; init; }

    /// <summary>Busy time at the start of a burst during which the array runs at <see cref="ColdRate"/>.</summary>
    [Expect("ns")]
    public required Quantity WarmUpNs { get; init; }

    /// <summary>Idle time, less busy time, after which the array is cold again.</summary>
    [Expect("ns")]
    public required Quantity CoolDownNs { get; init; }

    /// <summary>Rate of the cold array as a fraction of its clock.</summary>
    [Expect("", Min = 1e-3, Max = 1)]
    public required Quantity ColdRate { get; init; }

    /// <summary>Rate that the warm array can sustain, as a fraction of its clock.</summary>
    [Expect("", Min = 1e-3, Max = 1)]
    public required Quantity SustainedRate { get; init; }

    /// <summary>What the engine's queue costs.</summary>
    public required IssueTimes Issue { get; init; }
}
