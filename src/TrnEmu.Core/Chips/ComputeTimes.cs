using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Core.Chips;

/// <summary>
/// Vector, Scalar or GpSimd. An instruction of N items occupies the engine for <c>N * cycles / clock + occupancy</c>
/// and completes <c>N * cycles / clock + latency</c> after its start. Partitions work in parallel and cost nothing.
/// </summary>
public sealed record ComputeTimes
{
    /// <summary>Clock of the engine.</summary>
    [Expect("GHz", Min = 1e-3, Max = 1e3)]
    public required Quantity ClockGhz { get; init; }

    /// <summary>Fixed part of the time until the next instruction can start.</summary>
    [Expect("ns")]
    public required Quantity OccupancyNs { get; init; }

    /// <summary>Fixed part of the time until the result can be read.</summary>
    [Expect("ns")]
    public required Quantity LatencyNs { get; init; }

    /// <summary>
    /// 1 when the engine passes results on element by element: an element-wise instruction that reads what the one
    /// before it wrote starts when the first element is out, not when the last one is.
    /// </summary>
    [Expect("", Max = 1, Whole = true)]
    public required Quantity Forwards { get; init; }

    /// <summary>Least cycles of the items of an instruction with a dynamic address.</summary>
    [Expect("cycles")]
    public required Quantity DynamicCycles { get; init; }

    /// <summary>
    /// Factor on the cycles when an innermost stride is over 16 bytes and elements have 2 bytes or less.
    /// </summary>
    [Expect("", Min = 1e-3, Max = 1e3)]
    public required Quantity NarrowWideStrideFactor { get; init; }

    /// <summary>Factor on the cycles when an innermost stride is over 16 bytes and some element has 4 bytes.</summary>
    [Expect("", Min = 1e-3, Max = 1e3)]
    public required Quantity WideStrideFactor { get; init; }

    /// <summary>What the engine's queue costs.</summary>
    public required IssueTimes Issue { get; init; }

    /// <summary>What the engine can do, with the price of each.</summary>
    public required IReadOnlyDictionary<CostClass, ClassCost> Classes { get; init; }
}

/// <summary>Cycles per item of one class of instructions.</summary>
public sealed record ClassCost
{
    /// <summary>For any operands that the others do not cover.</summary>
    [Expect("cycles", Max = 1e6)]
    public required Quantity Cycles { get; init; }

    /// <summary>When every operand is bf16 or fp16, contiguous and in SBUF.</summary>
    [Expect("cycles", Max = 1e6)]
    public required Quantity HalfCycles { get; init; }

    /// <summary>When every operand is bf16 or fp16, but one is strided or in PSUM.</summary>
    [Expect("cycles", Max = 1e6)]
    public required Quantity HalfMixedCycles { get; init; }
}
