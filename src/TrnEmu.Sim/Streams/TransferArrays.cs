namespace TrnEmu.Sim.Streams;

/// <summary>The transfers of a program.</summary>
/// <param name="shapes">The different shapes.</param>
/// <param name="transfers">Number of transfers.</param>
/// <param name="signals">Number of their signals.</param>
internal sealed class TransferArrays(TransferShape[] shapes, int transfers, int signals)
{
    /// <summary>The different shapes.</summary>
    public TransferShape[] Shapes => shapes;

    /// <summary>The shape of each transfer.</summary>
    public int[] ShapeOf { get; } = new int[transfers];

    /// <summary>The transfers.</summary>
    public FlatTransfer[] Transfers { get; } = new FlatTransfer[transfers];

    /// <summary>Semaphores that they signal.</summary>
    public int[] SignalSemaphore { get; } = new int[signals];

    /// <summary>How much they add.</summary>
    public long[] SignalAmount { get; } = new long[signals];
}
