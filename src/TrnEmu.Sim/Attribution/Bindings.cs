using TrnEmu.Core.Memory;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Attribution;

/// <summary>What an instruction or a transfer waited for at last.</summary>
public enum BindingKind : byte
{
    /// <summary>Nothing: it could begin when the program did.</summary>
    Begin,

    /// <summary>What came before it on its engine, or of a transfer, on its DMA engine or queue.</summary>
    Order,

    /// <summary>A semaphore.</summary>
    Semaphore,

    /// <summary>A result of its own engine.</summary>
    Result,

    /// <summary>A port, or a PSUM bank, that another engine used.</summary>
    Port,

    /// <summary>Of a transfer: the instruction that triggers it.</summary>
    Trigger,
}

/// <summary>
/// The binding dependence of every engine instruction and every transfer of a recorded run: the one event without
/// which it could have begun earlier. Nodes are engine instructions as in the stream, then transfers.
/// </summary>
public sealed class Bindings
{
    private const int Engines = Limits.DmaEngines;

    private readonly PricedStream _prices;
    private readonly Recording _recording;
    private readonly SignalTable _signals;
    private readonly EngineCauses _causes;
    private readonly DmaOrder _dma;

    private Bindings(PricedStream prices, Recording recording)
    {
        (_prices, _recording) = (prices, recording);
        _signals = new SignalTable(prices, recording);
        _causes = new EngineCauses(prices, recording, _signals);
        _dma = new DmaOrder(prices, recording);
        Kinds = new BindingKind[recording.Instructions + recording.Transfers];
        Sources = new int[Kinds.Length];
        for (var i = 0; i < recording.Instructions; i++) (Kinds[i], Sources[i]) = OfInstruction(i);
        for (var t = 0; t < recording.Transfers; t++)
            (Kinds[recording.Instructions + t], Sources[recording.Instructions + t]) = OfTransfer(t);
    }

    /// <summary>What each node waited for.</summary>
    public BindingKind[] Kinds { get; }

    /// <summary>The node that it waited for; -1 for none.</summary>
    public int[] Sources { get; }

    /// <summary>Finds them; null where the run was not recorded.</summary>
    public static Bindings? Of(PricedStream prices, Timeline timeline) =>
        timeline.Recording is { } recording ? new Bindings(prices, recording) : null;

    private (BindingKind Kind, int Source) OfInstruction(int i)
    {
        var cause = _causes.OfStart(i);
        return cause.Kind switch
        {
            CauseKind.Free or CauseKind.Start => (BindingKind.Order, cause.Node),
            CauseKind.Own => (BindingKind.Result, cause.Node),
            CauseKind.Port => (BindingKind.Port, cause.Node),
            CauseKind.Signal => (BindingKind.Semaphore, NodeOf(_signals.SourceOf(cause.Node))),
            _ => (BindingKind.Begin, -1),
        };
    }

    private int NodeOf(int source) => source < _recording.Instructions
        ? source : _recording.Instructions + (source - _recording.FirstShare) / Engines;

    /// <summary>That of the share that is written last.</summary>
    private (BindingKind Kind, int Source) OfTransfer(int t)
    {
        var slot = t * Engines;
        for (var e = 1; e < Engines; e++)
        {
            if (_recording.ShareEnd[t * Engines + e] > _recording.ShareEnd[slot]) slot = t * Engines + e;
        }

        var start = _recording.ShareStart[slot];
        if (_recording.Arrived[t] == start) return OfArrival(t);
        var before = _dma.OnEngine[slot];
        if (before < 0 || _recording.ShareFree[before] != start) before = _dma.InQueueOnEngine[slot];
        return before >= 0 ? (BindingKind.Order, _recording.Instructions + before / Engines) : OfArrival(t);
    }

    private (BindingKind Kind, int Source) OfArrival(int t)
    {
        ref readonly var flat = ref _prices.Stream.Transfers[t];
        var begun = _recording.Arrived[t] - _prices.Times.PacketAfter(flat.Transfer, flat.Engine);
        var before = _dma.InQueue[t];
        return begun != _recording.Begun[t] && before >= 0
            ? (BindingKind.Order, _recording.Instructions + before)
            : (BindingKind.Trigger, _dma.Trigger[t]);
    }
}
