using System.Numerics;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Attribution;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Events;

/// <summary>
/// The descriptor generators, queues and sixteen DMA engines of a core; without arbitration, of one queue, which then
/// has them to itself. Each engine takes its share of each transfer, in order within a queue, in turns between queues, a
/// share at a time. Engines that stand alike are served in one step: see <see cref="EngineGroup"/>.
/// </summary>
internal sealed class DmaCore
{
    private const int Engines = Limits.DmaEngines;

    private readonly int _index;
    private readonly int _core;
    private readonly DmaActivity _activity;
    private readonly PricedStream _prices;
    private readonly FlatStream _stream;
    private readonly MachineTimes _times;
    private readonly EventHeap _heap;
    private readonly long[] _entryEnd;
    private readonly ITimeObserver? _observer;
    private readonly Recording? _recording;
    private readonly HbmPorts _hbm;
    private readonly int _firstQueue;
    private readonly int[][] _slots;
    private readonly int[] _tail;
    private readonly EngineGroups _groups;

    private DmaCore(
        int index, int core, Range queueRange, DmaActivity activity, PricedStream prices, EventHeap heap, HbmPort chip,
        long[] entryEnd, ITimeObserver? observer, Recording? recording)
    {
        _index = index;
        _core = core;
        _activity = activity;
        _prices = prices;
        _stream = prices.Stream;
        _times = prices.Times;
        _heap = heap;
        _hbm = new HbmPorts(_times, chip);
        _entryEnd = entryEnd;
        _observer = observer;
        _recording = recording;
        (_firstQueue, var queues) = queueRange.GetOffsetAndLength(_stream.QueueNumbers.Length);
        _slots = [.. Enumerable.Range(_firstQueue, queues)
            .Select(q => new int[_stream.QueueSlots[q + 1] - _stream.QueueSlots[q]])];
        _tail = new int[queues];
        Doorbell = new Doorbell(prices, heap, _firstQueue, queues, recording);
        _groups = new EngineGroups(queues);
    }

    /// <summary>What engines ring to start transfers.</summary>
    public Doorbell Doorbell { get; }

    /// <summary>One for each core; without arbitration, one for each queue.</summary>
    public static DmaCore[] AllOf(
        PricedStream prices, DmaActivity[] activities, EventHeap heap, long[] entryEnd, ITimeObserver? observer,
        Recording? recording)
    {
        var stream = prices.Stream;
        var hbm = new HbmPort();
        return prices.Times.Arbitrates
            ? [.. Enumerable.Range(0, stream.Cores).Select(c => Of(c, c, stream.QueueBase[c]..stream.QueueBase[c + 1]))]
            : [.. Enumerable.Range(0, stream.QueueNumbers.Length).Select(q => Of(q, stream.CoreOfQueue(q), q..(q + 1)))];

        DmaCore Of(int index, int core, Range queues) =>
            new(index, core, queues, activities[core], prices, heap, hbm, entryEnd, observer, recording);
    }

    /// <summary>Puts a transfer into its queue.</summary>
    public void Arrive(long now, int transfer)
    {
        var queue = _stream.Transfers[transfer].Queue - _firstQueue;
        _slots[queue][_tail[queue]++] = transfer;
        if (_groups.Count > 1) _groups.JoinIdle(now);
        for (var g = 0; g < _groups.Count; g++) _groups[g].Expect(queue);
        _activity.Transfers++;
        Serve(now);
    }

    /// <summary>Starts the next share on every engine that is free and has one.</summary>
    public void Serve(long now)
    {
        var (asked, engines) = (default(MemoryTraffic), 0U);
        // Groups that split off here have chosen with those that they come from.
        for (int g = 0, count = _groups.Count; g < count; g++)
        {
            var group = _groups[g];
            group.Chosen = -1;
            if (!group.HasWork || group.NextStart > now) continue;
            engines |= group.Engines;
            Choose(now, group, ref asked);
        }

        if (engines != 0) StartChosen(now, Flow(now, asked, engines), engines);
        AnnounceFree();
    }

    /// <summary>Engines take their next shares, and part where these differ.</summary>
    private void Choose(long now, EngineGroup group, ref MemoryTraffic asked)
    {
        var (queue, head) = group.Take(now);
        if (head + 1 == _tail[queue]) group.Finish(queue);
        group.Chosen = _slots[queue][head];
        while (true)
        {
            ref readonly var share = ref ShareOf(group);
            var others = group.Engines & ~share.Engines;
            var split = others != 0 ? _groups.Split(group, others) : null;
            asked.Add(share, group.Count);
            if (split is null) return;
            group = split;
        }
    }

    /// <summary>When all bytes of the shares chosen have flowed through the memory.</summary>
    private long Flow(long now, in MemoryTraffic asked, uint engines)
    {
        _activity.Bytes += asked.Bytes;
        _activity.HbmRead += asked.Read;
        _activity.HbmWritten += asked.Written;
        return _hbm.Flow(now, asked, _prices.MeetsInChannels ? (long)ChannelTime(engines) : 0);
    }

    /// <summary>Added engine by engine: sums of fractions depend on their order.</summary>
    private double ChannelTime(uint engines)
    {
        var met = 0.0;
        for (; engines != 0; engines &= engines - 1)
        {
            var group = _groups.Of(BitOperations.TrailingZeroCount(engines));
            met += ShareOf(group).Bytes * _prices.ChannelsPerByte(group.Chosen);
        }

        return met;
    }

    private void StartChosen(long now, long flowed, uint engines)
    {
        for (var g = 0; g < _groups.Count; g++)
        {
            if (_groups[g].Chosen >= 0) Start(now, flowed, _groups[g]);
        }

        if (_recording is not null || _observer is not null) Record(now, engines);
        PushShares(engines);
    }

    /// <summary>Holds the engines of a group, longer when the memory is slower.</summary>
    private void Start(long now, long flowed, EngineGroup group)
    {
        ref readonly var share = ref ShareOf(group);
        // HBM limits how much flows in all; what passes it by the time at which it would be written is in time.
        var end = now + share.Latency;
        var delay = share.Bytes > 0 ? Math.Max(0, flowed - end) : 0;
        end += delay;
        var free = now + share.Occupancy + delay;
        group.Hold(free, end);
        // Its semaphore write follows the data, and the queue goes on behind that.
        if (_times.OrdersWrites && share.Bytes > 0) group.HoldQueue(Math.Max(free, end));
        _activity.Hold(now, free, end, group.Count);
        ref var entryEnd = ref _entryEnd[_stream.Transfers[group.Chosen].Entry];
        entryEnd = Math.Max(entryEnd, end);
    }

    private void Record(long now, uint engines)
    {
        for (; engines != 0; engines &= engines - 1)
        {
            var e = BitOperations.TrailingZeroCount(engines);
            var group = _groups.Of(e);
            ref readonly var flat = ref _stream.Transfers[group.Chosen];
            _recording?.OnShare(group.Chosen * Engines + e, now, group.Free, group.Written);
            _observer?.OnShare(
                _core, e, _stream.QueueNumbers[flat.Queue], flat.Entry, ShareOf(group).Bytes, now, group.Free, group.Written);
        }
    }

    /// <summary>One event for all shares of a transfer that are written at one time.</summary>
    private void PushShares(uint engines)
    {
        var (transfer, written, count) = (-1, 0L, 0);
        while (engines != 0)
        {
            var group = _groups.TakeRun(ref engines, out var length);
            if (count > 0 && (group.Chosen != transfer || group.Written != written))
            {
                PushShares(transfer, written, count);
                count = 0;
            }

            (transfer, written) = (group.Chosen, group.Written);
            count += length;
        }

        PushShares(transfer, written, count);
    }

    private void PushShares(int transfer, long written, int count)
    {
        ref readonly var flat = ref _stream.Transfers[transfer];
        if (flat.SignalEnd > flat.SignalStart)
            _heap.Push(written + _times.DmaEndToEngine, EventKind.Shares, transfer, count);
    }

    /// <summary>One event for all engines that become free at one time, be it now: shares may cost nothing.</summary>
    private void AnnounceFree()
    {
        var engines = 0U;
        for (var g = 0; g < _groups.Count; g++)
        {
            var group = _groups[g];
            if (!group.HasWork || (group.NextStart is var next && group.Announced == next)) continue;
            group.Announced = next;
            engines |= group.Engines;
        }

        for (var last = -1L; engines != 0;)
        {
            var next = _groups.TakeRun(ref engines, out _).Announced;
            if (next != last) _heap.Push(next, EventKind.Free, _index);
            last = next;
        }
    }

    /// <summary>The share that each engine of a group has chosen.</summary>
    private ref readonly SharePrice ShareOf(EngineGroup group) =>
        ref _prices.Shares[group.Chosen * Engines + BitOperations.TrailingZeroCount(group.Engines)];
}
