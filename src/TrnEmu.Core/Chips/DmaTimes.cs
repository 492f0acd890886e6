namespace TrnEmu.Core.Chips;

/// <summary>
/// The sixteen DMA engines of a core. A packet of B bytes holds its engine for
/// <c>(ceil(B / bytes per cycle) + overhead) / clock</c>.
/// </summary>
public sealed record DmaTimes
{
    /// <summary>Clock of a DMA engine.</summary>
    [Expect("GHz", Min = 1e-3, Max = 1e3)]
    public required Quantity ClockGhz { get; init; }

    /// <summary>Bytes moved in a cycle.</summary>
    [Expect("bytes", Min = 1e-3)]
    public required Quantity BytesPerCycle { get; init; }

    /// <summary>Cycles of a packet beyond its bytes; the semaphore write is a packet of 4 bytes.</summary>
    [Expect("cycles")]
    public required Quantity PacketOverheadCycles { get; init; }

    /// <summary>Runs of at most this many bytes are moved as single elements.</summary>
    [Expect("bytes", Whole = true)]
    public required Quantity ElementBytes { get; init; }

    /// <summary>Least time of a single element.</summary>
    [Expect("ns")]
    public required Quantity ElementNs { get; init; }

    /// <summary>From the packet leaving its engine to its bytes being in the destination.</summary>
    [Expect("ns")]
    public required Quantity WriteLatencyNs { get; init; }

    /// <summary>
    /// 1 when a queue goes on to its next transfer, on each DMA engine, only when the last one's data are written: the
    /// semaphore write at a transfer's end follows them. Other queues use the engine meanwhile.
    /// </summary>
    [Expect("", Max = 1, Whole = true)]
    public required Quantity OrderedWrites { get; init; }

    /// <summary>
    /// From the bytes being written to the start of the engine that waited, the semaphore write included.
    /// </summary>
    [Expect("ns")]
    public required Quantity EndToEngineNs { get; init; }

    /// <summary>Descriptors of one DMA made by a hardware generator; a generator makes one after the other.</summary>
    [Expect("ns")]
    public required Quantity GenerationNs { get; init; }

    /// <summary>
    /// 1 when descriptors are made by the hardware generators unless asked otherwise, 0 when they lie ready.
    /// </summary>
    [Expect("", Max = 1, Whole = true)]
    public required Quantity HardwareGeneration { get; init; }

    /// <summary>What one core can read from HBM.</summary>
    [Expect("GB/s", Min = 1e-3, Max = 1e6)]
    public required Quantity CoreReadGbPerS { get; init; }

    /// <summary>What one core can write to HBM.</summary>
    [Expect("GB/s", Min = 1e-3, Max = 1e6)]
    public required Quantity CoreWriteGbPerS { get; init; }

    /// <summary>Rate of a transposing DMA from HBM, as a fraction of a copying one's.</summary>
    [Expect("", Min = 1e-3, Max = 1)]
    public required Quantity TransposeHbmRate { get; init; }

    /// <summary>Rate of a transposing DMA within SBUF, as a fraction of a copying one's.</summary>
    [Expect("", Min = 1e-3, Max = 1)]
    public required Quantity TransposeSbufRate { get; init; }
}
