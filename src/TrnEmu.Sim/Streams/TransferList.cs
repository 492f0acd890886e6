using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Streams;

/// <summary>Collects the transfers of a program, in program order.</summary>
internal sealed class TransferList(QueueTable queues, SemaphoreTable semaphores)
{
    private readonly ShapeTable _shapes = new();
    private readonly List<FlatTransfer> _all = [];
    private readonly List<int> _shapeOf = [];
    private readonly List<int> _triggers = [];
    private readonly List<int> _signalSemaphores = [];
    private readonly List<long> _signalAmounts = [];

    /// <summary>Number of transfers.</summary>
    public int Count => _all.Count;

    /// <summary>The different shapes.</summary>
    public TransferShape[] Shapes => _shapes.Shapes;

    /// <summary>The shape of each.</summary>
    public int[] ShapeOf => [.. _shapeOf];

    /// <summary>The transfers.</summary>
    public FlatTransfer[] Transfers => [.. _all];

    /// <summary>Semaphores that they signal.</summary>
    public int[] SignalSemaphores => [.. _signalSemaphores];

    /// <summary>How much they add.</summary>
    public long[] SignalAmounts => [.. _signalAmounts];

    /// <summary>Adds the transfer of an entry; it keeps the entry's signals for itself.</summary>
    /// <param name="core">Core of the entry.</param>
    /// <param name="id">The entry, counted over all cores.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="transfer">What is moved.</param>
    /// <param name="trigger">Place in its lane of the instruction that starts it.</param>
    public void Add(int core, int id, in Entry entry, in DmaTransfer transfer, int trigger)
    {
        var shape = _shapes.Add(transfer);
        var first = _signalSemaphores.Count;
        foreach (ref readonly var signal in entry.Signals.Span)
        {
            _signalSemaphores.Add(semaphores.NumberOf(signal.Semaphore));
            _signalAmounts.Add(signal.Amount);
        }

        var queue = queues.Add(core, entry.Queue);
        _all.Add(new FlatTransfer(_shapes[shape], core, entry.Engine, queue, id, first, _signalSemaphores.Count));
        _shapeOf.Add(shape);
        _triggers.Add(trigger);
    }

    /// <summary>Tells the instructions that start transfers which.</summary>
    public void NameIn(LaneArrays lanes)
    {
        for (var i = 0; i < _all.Count; i++)
        {
            var lane = FlatStream.LaneOf(_all[i].Core, _all[i].Engine);
            lanes.TransferOf[lanes.Base[lane] + _triggers[i]] = i;
        }
    }
}
