namespace TrnEmu.Core.Chips;

/// <summary>What the Scalar engine has beyond Vector and GpSimd.</summary>
public sealed record ActivationTimes
{
    /// <summary>Fixed part of the latency of a function that goes through a table.</summary>
    [Expect("ns")]
    public required Quantity TableLatencyNs { get; init; }

    /// <summary>Loading a table set, when an instruction needs another than the last one did.</summary>
    [Expect("ns")]
    public required Quantity TableLoadNs { get; init; }

    /// <summary>Reading and clearing the accumulate registers.</summary>
    [Expect("cycles")]
    public required Quantity ReadAccumulatorCycles { get; init; }
}
