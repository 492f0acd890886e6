namespace TrnEmu.Core.Chips;

/// <summary>What an engine's own queue does besides computing.</summary>
public sealed record IssueTimes
{
    /// <summary>Ringing the doorbell of a DMA queue.</summary>
    [Expect("ns")]
    public required Quantity TriggerNs { get; init; }

    /// <summary>From the start of the trigger to the first packet, with descriptors that lie ready.</summary>
    [Expect("ns")]
    public required Quantity TriggerToPacketNs { get; init; }

    /// <summary>A register or semaphore instruction.</summary>
    [Expect("ns")]
    public required Quantity RegisterNs { get; init; }
}
