using System.Numerics;

namespace TrnEmu.Sim.Events;

/// <summary>
/// DMA engines of a core that stand alike: they have the same shares before them, are free at the same time and took the
/// last share from the same queue, so that what one does next all do.
/// </summary>
/// <param name="queues">Queues of the core.</param>
internal sealed class EngineGroup(int queues)
{
    private readonly int[] _head = new int[queues];
    private readonly long[] _ready = new long[queues];
    private long _lastReady;
    private ulong _pending;
    private int _lastQueue;

    /// <summary>Its engines, a bit for each.</summary>
    public uint Engines { get; set; }

    /// <summary>How many.</summary>
    public int Count => BitOperations.PopCount(Engines);

    /// <summary>When they are free.</summary>
    public long Free { get; private set; }

    /// <summary>The time for which an event was made at which they go on; -1 for none.</summary>
    public long Announced { get; set; } = -1;

    /// <summary>The transfer of which they start their shares now; -1 for none.</summary>
    public int Chosen { get; set; } = -1;

    /// <summary>When the shares that they started last are written.</summary>
    public long Written { get; private set; }

    /// <summary>True when they have shares to move.</summary>
    public bool HasWork => _pending != 0;

    /// <summary>When they, having shares to move, are free and one of their queues may go on.</summary>
    public long NextStart
    {
        get
        {
            var ready = long.MaxValue;
            for (var rest = _pending; rest != 0; rest &= rest - 1)
                ready = Math.Min(ready, _ready[BitOperations.TrailingZeroCount(rest)]);
            return Math.Max(ready, Free);
        }
    }

    /// <summary>A queue has shares for them.</summary>
    public void Expect(int queue) => _pending |= 1UL << queue;

    /// <summary>A queue has no more shares for them.</summary>
    public void Finish(int queue) => _pending &= ~(1UL << queue);

    /// <summary>
    /// The queue that they serve now, the one after the queue served last that may go on, in turns; and which of its
    /// transfers is next.
    /// </summary>
    public (int Queue, int Head) Take(long now)
    {
        var ready = 0UL;
        for (var rest = _pending; rest != 0; rest &= rest - 1)
        {
            if (_ready[BitOperations.TrailingZeroCount(rest)] <= now) ready |= rest & (~rest + 1);
        }

        var later = ready & ~((2UL << _lastQueue) - 1);
        _lastQueue = BitOperations.TrailingZeroCount(later != 0 ? later : ready);
        return (_lastQueue, _head[_lastQueue]++);
    }

    /// <summary>Holds the engines for the shares that they have taken.</summary>
    public void Hold(long free, long written)
    {
        (Free, Written) = (free, written);
        Announced = -1;
    }

    /// <summary>Holds the queue served last on these engines.</summary>
    public void HoldQueue(long until)
    {
        _ready[_lastQueue] = until;
        _lastReady = Math.Max(_lastReady, until);
    }

    /// <summary>Some of its engines go their own way from here.</summary>
    public void SplitOff(uint engines, EngineGroup into)
    {
        Engines &= ~engines;
        into.Engines = engines;
        (into._pending, into._lastQueue, into._lastReady) = (_pending, _lastQueue, _lastReady);
        (into.Free, into.Announced, into.Chosen) = (Free, Announced, Chosen);
        _head.CopyTo(into._head, 0);
        _ready.CopyTo(into._ready, 0);
    }

    /// <summary>
    /// True when nothing is before the engines and nothing holds them: all that are idle stand alike, since what comes
    /// next they all take, whosever turn it would be.
    /// </summary>
    public bool IsIdle(long now) => _pending == 0 && Math.Max(Free, _lastReady) <= now;
}
