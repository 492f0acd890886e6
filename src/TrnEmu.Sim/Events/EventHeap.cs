namespace TrnEmu.Sim.Events;

/// <summary>Kinds of events of DMA; engines' signals are kept lane by lane instead.</summary>
internal enum EventKind
{
    /// <summary>An engine rings the doorbell; the subject is a transfer.</summary>
    Trigger,

    /// <summary>Descriptors have reached the DMA engines; the subject is a transfer.</summary>
    Arrival,

    /// <summary>Some DMA engine is free and has work; the subject is a <see cref="DmaCore"/>.</summary>
    Free,

    /// <summary>
    /// Shares of a transfer are visible to who waits; the subject is a transfer, the amount counts shares.
    /// </summary>
    Shares,
}

/// <summary>Something that will happen.</summary>
/// <param name="Time">When.</param>
/// <param name="Sequence">Orders events of one time as they were made.</param>
/// <param name="Kind">What.</param>
/// <param name="Subject">To what.</param>
/// <param name="Amount">How many.</param>
internal readonly record struct SimEvent(long Time, long Sequence, EventKind Kind, int Subject, int Amount);

/// <summary>A binary heap of events, earliest first; grows but never shrinks.</summary>
internal sealed class EventHeap
{
    private SimEvent[] _events = new SimEvent[256];
    private int _count;
    private long _sequence;

    /// <summary>Time of the earliest event; <see cref="long.MaxValue"/> when there is none.</summary>
    public long NextTime => _count == 0 ? long.MaxValue : _events[0].Time;

    public void Push(long time, EventKind kind, int subject, int amount = 0)
    {
        if (_count == _events.Length) Array.Resize(ref _events, _count * 2);
        var added = new SimEvent(time, _sequence++, kind, subject, amount);
        var hole = _count++;
        while (hole > 0)
        {
            var parent = (hole - 1) / 2;
            if (!IsBefore(added, _events[parent])) break;
            _events[hole] = _events[parent];
            hole = parent;
        }

        _events[hole] = added;
    }

    public SimEvent Pop()
    {
        var first = _events[0];
        var moved = _events[--_count];
        var hole = 0;
        while (true)
        {
            var child = hole * 2 + 1;
            if (child >= _count) break;
            if (child + 1 < _count && IsBefore(_events[child + 1], _events[child])) child++;
            if (!IsBefore(_events[child], moved)) break;
            _events[hole] = _events[child];
            hole = child;
        }

        _events[hole] = moved;
        return first;
    }

    private static bool IsBefore(in SimEvent a, in SimEvent b) =>
        a.Time < b.Time || (a.Time == b.Time && a.Sequence < b.Sequence);
}
