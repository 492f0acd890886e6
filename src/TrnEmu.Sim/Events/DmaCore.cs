using System.Numerics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Attribution;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Events;

/// <summary>
/// The descriptor generators, queues and sixteen DMA engines of a core; without arbitration, of one queue, which then
/// has them to itself. Each engine takes its share of each transfer, in order within a queue, in turns between queues, a
/// share at a time.
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
    private readonly HbmPort _chip;
    private readonly HbmPort _reads = new();
    private readonly HbmPort _writes = new();
    private readonly HbmPort _channels = new();

    private readonly long[] _generatorFree = new long[2];
    private readonly int _firstQueue;
    private readonly int[][] _slots;
    private readonly int[] _tail;
    private readonly long[] _lastArrival;
    private readonly int[] _head;
    private readonly long[] _ready;
    private readonly ulong[] _pending = new ulong[Engines];
    private readonly int[] _lastQueue = new int[Engines];
    private readonly long[] _free = new long[Engines];
    private readonly long[] _announced = new long[Engines];
    private readonly int[] _chosen = new int[Engines];
    private readonly int[] _sharesWritten;

    private DmaCore(
        int index, int core, Range queueRange, DmaActivity activity, PricedStream prices, EventHeap heap, HbmPort chip,
        int[] sharesWritten, long[] entryEnd, ITimeObserver? observer, Recording? recording)
    {
        _index = index;
        _core = core;
        _activity = activity;
        _prices = prices;
        _stream = prices.Stream;
        _times = prices.Times;
        _heap = heap;
        _chip = chip;
        _entryEnd = entryEnd;
        _observer = observer;
        _recording = recording;
        (_firstQueue, var queues) = queueRange.GetOffsetAndLength(_stream.QueueNumbers.Length);
        _slots = [.. Enumerable.Range(_firstQueue, queues)
            .Select(q => new int[_stream.QueueSlots[q + 1] - _stream.QueueSlots[q]])];
        _tail = new int[queues];
        _lastArrival = new long[queues];
        _head = new int[queues * Engines];
        _ready = new long[queues * Engines];
        _sharesWritten = sharesWritten;
        Array.Fill(_announced, -1);
    }

    /// <summary>One for each core; without arbitration, one for each queue.</summary>
    public static DmaCore[] AllOf(
        PricedStream prices, DmaActivity[] activities, EventHeap heap, long[] entryEnd, ITimeObserver? observer,
        Recording? recording)
    {
        var stream = prices.Stream;
        var (hbm, written) = (new HbmPort(), new int[stream.TransferCount]);
        return prices.Times.Arbitrates
            ? [.. Enumerable.Range(0, stream.Cores).Select(c => Of(c, c, stream.QueueBase[c]..stream.QueueBase[c + 1]))]
            : [.. Enumerable.Range(0, stream.QueueNumbers.Length).Select(q => Of(q, stream.CoreOfQueue(q), q..(q + 1)))];

        DmaCore Of(int index, int core, Range queues) =>
            new(index, core, queues, activities[core], prices, heap, hbm, written, entryEnd, observer, recording);
    }

    /// <summary>
    /// Rings the doorbell: descriptors are made if they do not lie ready, one transfer after the other, and the transfer
    /// travels to the engines.
    /// </summary>
    public void Trigger(long now, int transfer)
    {
        ref readonly var flat = ref _stream.Transfers[transfer];
        if (_times.Generates(flat.Transfer))
        {
            ref var generator = ref _generatorFree[MachineTimes.GeneratorOf(flat.Transfer, flat.Engine)];
            now = Math.Max(generator, now);
            generator = now + _times.Generation;
        }

        ref var last = ref _lastArrival[flat.Queue - _firstQueue];
        last = Math.Max(last, now + _times.PacketAfter(flat.Transfer, flat.Engine));
        _recording?.OnTransfer(transfer, now, last);
        _heap.Push(last, EventKind.Arrival, transfer);
    }

    /// <summary>Puts a transfer into its queue.</summary>
    public void Arrive(long now, int transfer)
    {
        var queue = _stream.Transfers[transfer].Queue - _firstQueue;
        _slots[queue][_tail[queue]++] = transfer;
        for (var e = 0; e < Engines; e++) _pending[e] |= 1UL << queue;
        _activity.Transfers++;
        Serve(now);
    }

    /// <summary>Starts the next share on every engine that is free and has one.</summary>
    public void Serve(long now)
    {
        long read = 0, written = 0;
        var met = 0.0;
        for (var e = 0; e < Engines; e++)
        {
            _chosen[e] = -1;
            if (_pending[e] == 0 || NextStart(e) > now) continue;
            var transfer = _chosen[e] = Take(e, now);
            var bytes = _prices.ShareBytes[transfer * Engines + e];
            ref readonly var flat = ref _stream.Transfers[transfer];
            read += flat.Transfer.HbmReadOf(bytes);
            written += flat.Transfer.HbmWrittenOf(bytes);
            met += bytes * _prices.ChannelsPerByte(transfer);
            _activity.Bytes += bytes;
        }

        _activity.HbmRead += read;
        _activity.HbmWritten += written;
        var lastRead = _reads.Reserve(now, read, _times.CoreReadPerByte);
        var lastWritten = _writes.Reserve(now, written, _times.CoreWritePerByte);
        var flowed = Math.Max(lastRead, lastWritten);
        flowed = Math.Max(flowed, _channels.Reserve(now, (long)met, perByte: 1));
        StartChosen(now, Math.Max(flowed, _chip.Reserve(now, read + written, _times.ChipPerByte)));
        AnnounceFree();
    }

    /// <summary>Counts shares that became visible; returns the transfer's count before and after.</summary>
    public (long Before, long After) CountShares(int transfer, int amount)
    {
        var before = _sharesWritten[transfer];
        return (before, _sharesWritten[transfer] = before + amount);
    }

    /// <summary>When an engine with shares to move is free and one of their queues may go on.</summary>
    private long NextStart(int e)
    {
        var ready = long.MaxValue;
        for (var rest = _pending[e]; rest != 0; rest &= rest - 1)
            ready = Math.Min(ready, _ready[BitOperations.TrailingZeroCount(rest) * Engines + e]);
        return Math.Max(ready, _free[e]);
    }

    /// <summary>
    /// The next share of an engine: that of the queue after the one served last that may go on, in turns.
    /// </summary>
    private int Take(int e, long now)
    {
        var ready = 0UL;
        for (var rest = _pending[e]; rest != 0; rest &= rest - 1)
        {
            if (_ready[BitOperations.TrailingZeroCount(rest) * Engines + e] <= now) ready |= rest & (~rest + 1);
        }

        var later = ready & ~((2UL << _lastQueue[e]) - 1);
        var queue = BitOperations.TrailingZeroCount(later != 0 ? later : ready);
        _lastQueue[e] = queue;
        ref var head = ref _head[queue * Engines + e];
        var transfer = _slots[queue][head++];
        if (head == _tail[queue]) _pending[e] &= ~(1UL << queue);
        return transfer;
    }

    private void StartChosen(long now, long flowed)
    {
        var (group, visible, count) = (-1, 0L, 0);
        for (var e = 0; e < Engines; e++)
        {
            var transfer = _chosen[e];
            if (transfer < 0) continue;
            var written = Start(now, flowed, transfer, e) + _times.DmaEndToEngine;
            if (count > 0 && (transfer != group || written != visible))
            {
                PushShares(group, visible, count);
                count = 0;
            }

            (group, visible) = (transfer, written);
            count++;
        }

        if (count > 0) PushShares(group, visible, count);
    }

    /// <summary>Holds the engine, longer when the memory is slower; returns when the share is written.</summary>
    private long Start(long now, long flowed, int transfer, int e)
    {
        var slot = transfer * Engines + e;
        // HBM limits how much flows in all; what passes it by the time at which it would be written is in time.
        var end = now + _prices.ShareLatency[slot];
        var delay = _prices.ShareBytes[slot] > 0 ? Math.Max(0, flowed - end) : 0;
        end += delay;
        var free = now + _prices.ShareOccupancy[slot] + delay;
        _free[e] = free;
        _announced[e] = -1;
        _activity.Hold(now, free, end);
        ref readonly var flat = ref _stream.Transfers[transfer];
        // Its semaphore write follows the data, and the queue goes on behind that.
        if (_times.OrdersWrites && _prices.ShareBytes[slot] > 0)
            _ready[(flat.Queue - _firstQueue) * Engines + e] = Math.Max(free, end);
        _entryEnd[flat.Entry] = Math.Max(_entryEnd[flat.Entry], end);
        _recording?.OnShare(slot, now, free, end);
        _observer?.OnShare(
            _core, e, _stream.QueueNumbers[flat.Queue], flat.Entry, _prices.ShareBytes[slot], now, free, end);
        return end;
    }

    private void PushShares(int transfer, long visible, int count)
    {
        ref readonly var flat = ref _stream.Transfers[transfer];
        if (flat.SignalEnd > flat.SignalStart) _heap.Push(visible, EventKind.Shares, transfer, count);
    }

    /// <summary>One event for all engines that become free at one time, be it now: shares may cost nothing.</summary>
    private void AnnounceFree()
    {
        var last = -1L;
        for (var e = 0; e < Engines; e++)
        {
            if (_pending[e] == 0) continue;
            var next = NextStart(e);
            if (_announced[e] == next) continue;
            _announced[e] = next;
            if (next == last) continue;
            last = next;
            _heap.Push(last, EventKind.Free, _index);
        }
    }
}
