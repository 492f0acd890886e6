using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Streams;

/// <summary>Collects the transfers of a program, in program order.</summary>
internal sealed class TransferList(SemaphoreTable semaphores) : IDisposable
{
    private readonly ShapeTable _shapes = new();
    private readonly PieceList<ListedTransfer> _all = new();
    private readonly PieceList<LaneCount> _signals = new();

    /// <summary>Number of transfers.</summary>
    public int Count => _all.Count;

    /// <summary>Adds the transfer of an entry; it keeps the entry's signals for itself.</summary>
    /// <param name="core">Core of the entry.</param>
    /// <param name="id">The entry, counted over all cores.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="transfer">What is moved.</param>
    /// <param name="trigger">Place in its lane of the instruction that starts it.</param>
    public void Add(int core, int id, in Entry entry, in DmaTransfer transfer, int trigger)
    {
        foreach (ref readonly var signal in entry.Signals.Span)
            _signals.Next().Set(semaphores.NumberOf(signal.Semaphore), signal.Amount);
        ref var listed = ref _all.Next();
        listed.Shape = _shapes.Add(transfer);
        listed.Core = core;
        listed.Engine = entry.Engine;
        listed.Queue = entry.Queue;
        listed.Entry = id;
        listed.SignalEnd = _signals.Count;
        listed.Trigger = trigger;
    }

    /// <summary>The transfers as arrays; tells the instructions that start them which.</summary>
    public TransferArrays Join(QueueTable queues, LaneArrays lanes)
    {
        var arrays = new TransferArrays(_shapes.Shapes, Count, _signals.Count);
        var (i, signal) = (0, 0);
        for (var p = 0; p < _all.Pieces; p++)
        {
            foreach (ref readonly var listed in _all.Piece(p))
            {
                lanes.TransferOf[lanes.Base[FlatStream.LaneOf(listed.Core, listed.Engine)] + listed.Trigger] = i;
                arrays.ShapeOf[i] = listed.Shape;
                arrays.Transfers[i++] = new FlatTransfer(
                    arrays.Shapes[listed.Shape], listed.Core, listed.Engine, queues.Add(listed.Core, listed.Queue),
                    listed.Entry, signal, listed.SignalEnd);
                signal = listed.SignalEnd;
            }
        }

        var at = 0;
        for (var p = 0; p < _signals.Pieces; p++)
        {
            foreach (var count in _signals.Piece(p))
                (arrays.SignalSemaphore[at], arrays.SignalAmount[at++]) = (count.Semaphore, count.Value);
        }

        return arrays;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _all.Dispose();
        _signals.Dispose();
    }

    /// <summary>A transfer as it is collected: see <see cref="FlatTransfer"/>.</summary>
    private struct ListedTransfer
    {
        public int Shape, Core, Queue, Entry, SignalEnd, Trigger;
        public Engine Engine;
    }
}
