using TrnEmu.Core.Memory;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Attribution;

/// <summary>
/// How much later everything could happen without the end moving: the latest times, from the last node scheduled back
/// to the first, since what a node bounds was scheduled after it. The order in which DMA engines, generators and
/// semaphores were used is taken as given: what is delayed beyond another's turn may in truth find a gap.
/// </summary>
internal sealed class Slack
{
    private const int Engines = Limits.DmaEngines;

    private readonly PricedStream _prices;
    private readonly FlatStream _stream;
    private readonly MachineTimes _times;
    private readonly Recording _recording;
    private readonly SignalTable _signals;
    private readonly EngineCauses _causes;
    private readonly long _elapsed;
    private readonly long[] _latestSignal;
    private readonly int[] _settled;
    private readonly LaneLimits[] _lanes;
    private readonly long[] _shareStart;
    private readonly long[] _queueShareStart;
    private readonly long[] _arrival;
    private readonly long[] _queueArrival;
    private readonly long[] _generatorBegun;
    private readonly long[] _trigger;
    private readonly SlotLimits _ports;
    private readonly SlotLimits _cells;
    private int _lane;

    private Slack(PricedStream prices, Recording recording, SignalTable signals, EngineCauses causes, long elapsed)
    {
        (_prices, _stream, _times, _recording) = (prices, prices.Stream, prices.Times, recording);
        (_signals, _causes, _elapsed) = (signals, causes, elapsed);
        _latestSignal = Unbound(signals.Count);
        _settled = [.. Enumerable.Range(0, _stream.Semaphores.Length).Select(signals.EndOf)];
        _lanes = new LaneLimits[_stream.LaneBase.Length - 1];
        Array.Fill(_lanes, new LaneLimits(long.MaxValue, elapsed, elapsed, long.MaxValue));
        _shareStart = Unbound(DmaOrder.GroupsOf(prices) * Engines);
        _queueShareStart = Unbound(_stream.QueueNumbers.Length * Engines);
        _arrival = Unbound(recording.Transfers);
        _queueArrival = Unbound(_stream.QueueNumbers.Length);
        _generatorBegun = Unbound(DmaOrder.GroupsOf(prices) * DmaOrder.Generators);
        _trigger = Unbound(recording.Transfers);
        (_ports, _cells) = (new SlotLimits(_stream.Cores), new SlotLimits(_stream.Cores));
        Start = new long[recording.Instructions];
        End = new long[recording.Instructions];
    }

    /// <summary>How much later each instruction could start.</summary>
    public long[] Start { get; }

    /// <summary>How much later the effect of each could be there, its engine being freed as before.</summary>
    public long[] End { get; }

    /// <summary>Slack of every instruction of a stream.</summary>
    public static Slack Of(
        PricedStream prices, Recording recording, SignalTable signals, EngineCauses causes, long elapsed)
    {
        var slack = new Slack(prices, recording, signals, causes, elapsed);
        var order = recording.Order;
        for (var n = order.Length - 1; n >= 0; n--)
        {
            var node = order[n];
            if (node < recording.Instructions) slack.Instruction(node);
            else if (node < recording.FirstShare) slack.Transfer(node - recording.Instructions);
            else slack.Share(node - recording.FirstShare);
        }

        slack.CountFromWaits();
        return slack;
    }

    private void Instruction(int i)
    {
        if (i < _stream.LaneBase[_lane] || i >= _stream.LaneBase[_lane + 1]) _lane = _causes.LaneOf(i);
        ref var lane = ref _lanes[_lane];
        var (start, free) = (_recording.Start[i], _recording.Free[i]);
        var latestEnd = Math.Min(lane.End, LatestOfSignals(i));
        lane.End = latestEnd;
        long latestStart;
        if (_causes.IsLoad(i))
        {
            var latestFree = Math.Min(latestEnd, Math.Min(lane.Frontier, lane.Dispatch));
            latestStart = latestFree - _prices.Instructions[i].Occupancy;
            lane.Woken = Math.Min(lane.Woken, latestFree - _prices.Instructions[i].Latency);
            End[i] = latestFree - _prices.Instructions[i].Latency;
            lane.Dispatch = latestStart;
        }
        else
        {
            var isMove = _causes.IsMove(i);
            var latestFree = isMove ? LatestOfArray(i, lane) : Math.Min(lane.Frontier, lane.Dispatch);
            latestFree = Math.Min(latestFree, _ports.Latest(_lane, _causes.Ports.ClaimsOf(i)));
            latestStart = Math.Min(latestFree - (free - start), latestEnd - (_causes.OwnEnd(i) - start));
            if (isMove) latestStart = Math.Min(latestStart, lane.Dispatch);
            if (_stream.TransferOf[i] is >= 0 and var t) latestStart = Math.Min(latestStart, _trigger[t]);
            End[i] = latestEnd - _causes.OwnEnd(i);
            lane.Dispatch = long.MaxValue;
            if (isMove && _causes.HasParts) _cells.Bound(_lane, CellsOf(i), latestStart);
            else lane.Frontier = latestStart;
            _ports.Bound(_lane, _causes.Ports.ClaimsOf(i), latestStart);
        }

        Start[i] = latestStart - start;
        var latestWait = Math.Min(latestStart, lane.Woken);
        for (var w = i == 0 ? 0 : _stream.WaitEnd[i - 1]; w < _stream.WaitEnd[i]; w++)
        {
            if (_signals.OfWait[w] is not (>= 0 and var signal)) continue;
            var earlier = _stream.OwnProducer[w] is >= 0 and var own ? _times.Semaphore - _prices.OwnDelay(own, i) : 0;
            _latestSignal[signal] = Math.Min(_latestSignal[signal], latestWait + earlier);
        }
    }

    private long LatestOfArray(int i, in LaneLimits lane) =>
        _causes.HasParts ? Math.Min(lane.Frontier, _cells.Latest(_lane, CellsOf(i))) : lane.Frontier;

    private int CellsOf(int i) => _stream.InstructionAt(i).Cells is var cells && cells != 0 ? cells : ushort.MaxValue;

    private long LatestOfSignals(int i)
    {
        var latest = _elapsed;
        for (var s = i == 0 ? 0 : _stream.SignalEnd[i - 1]; s < _stream.SignalEnd[i]; s++)
            latest = Math.Min(
                latest, LatestOf(_stream.SignalSemaphore[s], _recording.End[i] + _times.Semaphore) - _times.Semaphore);
        return latest;
    }

    private void Transfer(int t)
    {
        ref readonly var flat = ref _stream.Transfers[t];
        ref var arrival = ref _queueArrival[flat.Queue];
        arrival = Math.Min(arrival, _arrival[t]);
        var latest = arrival - _times.PacketAfter(flat.Transfer, flat.Engine);
        if (_times.Generates(flat.Transfer))
        {
            ref var begun = ref _generatorBegun[DmaOrder.GeneratorOf(_prices, t)];
            latest = Math.Min(latest, begun - _times.Generation);
            begun = latest;
        }

        _trigger[t] = latest;
    }

    private void Share(int slot)
    {
        var t = slot / Engines;
        ref readonly var flat = ref _stream.Transfers[t];
        var (start, free, end) = (_recording.ShareStart[slot], _recording.ShareFree[slot], _recording.ShareEnd[slot]);
        var latestEnd = _elapsed;
        for (var s = flat.SignalStart; s < flat.SignalEnd; s++)
        {
            latestEnd = Math.Min(
                latestEnd, LatestOf(_stream.TransferSignalSemaphore[s], end + _times.DmaEndToEngine)
                    - _times.DmaEndToEngine);
        }

        ref var engine = ref _shareStart[DmaOrder.EngineOf(_prices, slot)];
        ref var queue = ref _queueShareStart[DmaOrder.QueueOnEngine(_stream, slot)];
        // Behind data that must be written before the queue goes on.
        if (_times.OrdersWrites && _prices.Shares[slot].Bytes > 0)
            latestEnd = Math.Min(latestEnd, queue - Math.Max(0, free - end));
        engine = Math.Min(engine - (free - start), latestEnd - (end - start));
        queue = _prices.Shares[slot].Bytes > 0 ? engine : Math.Min(queue, engine);
        _arrival[t] = Math.Min(_arrival[t], engine);
    }

    /// <summary>
    /// Latest time of a semaphore's signal that is seen then: all waits for it or later ones count what it adds. Those
    /// who wait were scheduled later, so theirs are known.
    /// </summary>
    private long LatestOf(int semaphore, long seen)
    {
        var signal = _signals.FirstFrom(semaphore, seen);
        var end = _signals.EndOf(semaphore);
        if (signal == end) return long.MaxValue / 2;
        for (ref var settled = ref _settled[semaphore]; settled > signal;)
        {
            settled--;
            if (settled + 1 < end)
                _latestSignal[settled] = Math.Min(_latestSignal[settled], _latestSignal[settled + 1]);
        }

        return _latestSignal[signal];
    }

    /// <summary>What a load's latency counts from is known from the first instruction on.</summary>
    private void CountFromWaits()
    {
        for (var lane = 0; lane < _lanes.Length; lane++)
        {
            long woken = 0;
            for (var i = _stream.LaneBase[lane]; i < _stream.LaneBase[lane + 1]; i++)
            {
                for (var w = i == 0 ? 0 : _stream.WaitEnd[i - 1]; w < _stream.WaitEnd[i]; w++)
                    woken = Math.Max(woken, _signals.SeenBy(w, i));
                if (_causes.IsLoad(i)) End[i] -= woken;
            }
        }
    }

    private static long[] Unbound(int count)
    {
        var times = new long[count];
        Array.Fill(times, long.MaxValue / 2);
        return times;
    }

    /// <summary>Latest times that what comes later on an engine leaves.</summary>
    /// <param name="Dispatch">Of the moment from which the next load can be dispatched, when a load is next.</param>
    /// <param name="Frontier">Of the engine being free for the next instruction that is no load.</param>
    /// <param name="End">Of the effects so far being there.</param>
    /// <param name="Woken">Of the waits so far, from which the latency of loads counts.</param>
    private record struct LaneLimits(long Dispatch, long Frontier, long End, long Woken);
}
