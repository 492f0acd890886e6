namespace TrnEmu.Core.Chips;

/// <summary>What a profiler on the chip prints around the kernel's own time.</summary>
public sealed record RuntimeTimes
{
    /// <summary>Before the kernel's first instruction.</summary>
    [Expect("ns")]
    public required Quantity PreambleNs { get; init; }

    /// <summary>After its last effect.</summary>
    [Expect("ns")]
    public required Quantity EpilogueNs { get; init; }
}
