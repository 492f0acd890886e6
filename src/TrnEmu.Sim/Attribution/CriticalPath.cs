using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Attribution;

/// <summary>
/// Walks from the last effect back to time 0, from each event to the one that it waited for at last. The stretches
/// between them add up to the elapsed time.
/// </summary>
internal sealed class CriticalPath
{
    private const int Engines = Limits.DmaEngines;

    private readonly PricedStream _prices;
    private readonly FlatStream _stream;
    private readonly Recording _recording;
    private readonly SignalTable _signals;
    private readonly EngineCauses _causes;
    private readonly DmaOrder _dma;
    private readonly List<PathSegment> _segments = [];
    private Point _at;

    private CriticalPath(
        PricedStream prices, Recording recording, SignalTable signals, EngineCauses causes, DmaOrder dma)
    {
        (_prices, _stream, _recording) = (prices, prices.Stream, recording);
        (_signals, _causes, _dma) = (signals, causes, dma);
    }

    /// <summary>The stretches in the order of time.</summary>
    public static List<PathSegment> Of(
        PricedStream prices, Recording recording, SignalTable signals, EngineCauses causes, DmaOrder dma, long elapsed)
    {
        var path = new CriticalPath(prices, recording, signals, causes, dma);
        path._at = path.Last(elapsed);
        while (path._at.Event != PathEvent.Begin) path._at = path.Before(path._at);
        path._segments.Reverse();
        return path._segments;
    }

    /// <summary>What bounded the start of a share, the arrival of a transfer, the making of its descriptors.</summary>
    /// <remarks>For tests: each of these has an answer.</remarks>
    public static bool Explains(
        PricedStream prices, Recording recording, SignalTable signals, EngineCauses causes, DmaOrder dma, int node)
    {
        var path = new CriticalPath(prices, recording, signals, causes, dma);
        var point = node < recording.Instructions ? new Point(PathEvent.Start, node)
            : node < recording.FirstShare ? new Point(PathEvent.Arrived, node - recording.Instructions)
            : new Point(PathEvent.ShareStart, node - recording.FirstShare);
        var before = path.Before(point);
        if (before.Event == PathEvent.Begun) path.Before(before);
        if (node < recording.Instructions) path.Before(new Point(PathEvent.Free, node));
        return path._segments.TrueForAll(s => s.Kind != PathKind.Unexplained);
    }

    /// <summary>What ends last: an effect, a written share, or an engine being held.</summary>
    private Point Last(long elapsed)
    {
        if (elapsed == 0) return default;
        var share = Array.IndexOf(_recording.ShareEnd, elapsed);
        if (share >= 0) return new Point(PathEvent.ShareEnd, share);
        var instruction = Array.IndexOf(_recording.End, elapsed);
        return instruction >= 0
            ? new Point(PathEvent.End, instruction)
            : new Point(PathEvent.Free, Array.IndexOf(_recording.Free, elapsed));
    }

    private Point Before(Point point) => point.Event switch
    {
        PathEvent.Start => BeforeStart(point.Item),
        PathEvent.Free => BeforeFree(point.Item),
        PathEvent.End => BeforeEnd(point.Item),
        PathEvent.Begun => BeforeBegun(point.Item),
        PathEvent.Arrived => BeforeArrival(point.Item),
        PathEvent.ShareStart => BeforeShareStart(point.Item),
        PathEvent.ShareFree => BeforeShareFree(point.Item),
        _ => BeforeShareEnd(point.Item),
    };

    private Point BeforeStart(int i) => Follow(_causes.OfStart(i), i, _recording.Start[i]);

    private Point Follow(Cause cause, int i, long time)
    {
        switch (cause.Kind)
        {
            case CauseKind.Free: return new Point(PathEvent.Free, cause.Node);
            case CauseKind.Start: return new Point(PathEvent.Start, cause.Node);
            case CauseKind.Signal: return BeforeSignal(cause.Node, i);
            case CauseKind.Own: return BeforeOwn(cause.Node, time);
            case CauseKind.Port: return new Point(PathEvent.Free, cause.Node);
            case CauseKind.Begin: return default;
            default:
                Add(0, time, PathKind.Unexplained, i);
                return default;
        }
    }

    private Point BeforeSignal(int signal, int waiting)
    {
        var source = _signals.SourceOf(signal);
        if (source < _recording.Instructions)
        {
            Add(_recording.End[source], _signals.SeenAt(signal), PathKind.Semaphore, waiting);
            return new Point(PathEvent.End, source);
        }

        var slot = source - _recording.FirstShare;
        Add(_recording.ShareEnd[slot], _signals.SeenAt(signal), PathKind.DmaSemaphore, slot / Engines,
            isTransfer: true);
        return new Point(PathEvent.ShareEnd, slot);
    }

    /// <summary>Of a result of the engine's own, enough has come out at a time that is not before it is free.</summary>
    private Point BeforeOwn(int producer, long time)
    {
        while (_causes.OwnEnd(producer) < _recording.End[producer]) producer--;
        Add(_recording.Free[producer], time, PathKind.Latency, producer);
        return new Point(PathEvent.Free, producer);
    }

    private Point BeforeFree(int i)
    {
        var (start, free) = (_recording.Start[i], _recording.Free[i]);
        if (_causes.OfLoaded(i) is { } wait)
        {
            Add(free - _prices.Instructions[i].Latency, free, PathKind.StationaryLoad, i);
            return Follow(wait, i, free - _prices.Instructions[i].Latency);
        }

        var regular = Math.Min(free, start + _prices.Instructions[i].Occupancy);
        Add(regular, free, PathKind.Slowed, i);
        var loaded = Math.Min(regular, start + _causes.TableLoad(i));
        Add(loaded, regular, PathKind.Work, i);
        Add(start, loaded, PathKind.TableLoad, i);
        return new Point(PathEvent.Start, i);
    }

    private Point BeforeEnd(int i)
    {
        while (_causes.OwnEnd(i) < _recording.End[i]) i--;
        var (start, free, end) = (_recording.Start[i], _recording.Free[i], _recording.End[i]);
        if (end < free)
        {
            Add(start, end, PathKind.Work, i);
            return new Point(PathEvent.Start, i);
        }

        Add(free, end, PathKind.Latency, i);
        return new Point(PathEvent.Free, i);
    }

    /// <summary>Its trigger, or the descriptors that the generator made before.</summary>
    private Point BeforeBegun(int t)
    {
        var (trigger, begun) = (_dma.Trigger[t], _recording.Begun[t]);
        if (begun == _recording.Start[trigger]) return new Point(PathEvent.Start, trigger);
        var before = _dma.OnGenerator[t];
        if (before < 0 || _recording.Begun[before] + _prices.Times.Generation != begun) return Unexplained(begun, t);
        Add(_recording.Begun[before], begun, PathKind.Generation, before, isTransfer: true);
        return new Point(PathEvent.Begun, before);
    }

    private Point BeforeArrival(int t)
    {
        ref readonly var flat = ref _stream.Transfers[t];
        var begun = _recording.Arrived[t] - _prices.Times.PacketAfter(flat.Transfer, flat.Engine);
        if (begun == _recording.Begun[t])
        {
            var made = begun + _prices.Times.Delay(flat.Transfer, flat.Engine);
            Add(made, _recording.Arrived[t], PathKind.TriggerToPacket, t, isTransfer: true);
            Add(begun, made, PathKind.Generation, t, isTransfer: true);
            return new Point(PathEvent.Begun, t);
        }

        var before = _dma.InQueue[t];
        return before >= 0 && _recording.Arrived[before] == _recording.Arrived[t]
            ? new Point(PathEvent.Arrived, before) : Unexplained(_recording.Arrived[t], t);
    }

    private Point BeforeShareStart(int slot)
    {
        var (start, t) = (_recording.ShareStart[slot], slot / Engines);
        if (_recording.Arrived[t] == start) return new Point(PathEvent.Arrived, t);
        var before = _dma.OnEngine[slot];
        if (before >= 0 && _recording.ShareFree[before] == start) return new Point(PathEvent.ShareFree, before);
        var queued = _dma.InQueueOnEngine[slot];
        return queued >= 0 && _recording.ShareEnd[queued] == start
            ? new Point(PathEvent.ShareEnd, queued) : Unexplained(start, t);
    }

    private Point BeforeShareFree(int slot)
    {
        var (start, free) = (_recording.ShareStart[slot], _recording.ShareFree[slot]);
        var regular = Math.Min(free, start + _prices.Shares[slot].Occupancy);
        Add(regular, free, PathKind.Bandwidth, slot / Engines, isTransfer: true);
        Add(start, regular, PathKind.Transfer, slot / Engines, isTransfer: true);
        return new Point(PathEvent.ShareStart, slot);
    }

    private Point BeforeShareEnd(int slot)
    {
        var (start, free, end) = (_recording.ShareStart[slot], _recording.ShareFree[slot], _recording.ShareEnd[slot]);
        if (end >= free)
        {
            Add(free, end, PathKind.WriteLatency, slot / Engines, isTransfer: true);
            return new Point(PathEvent.ShareFree, slot);
        }

        Add(start, end, PathKind.Transfer, slot / Engines, isTransfer: true);
        return new Point(PathEvent.ShareStart, slot);
    }

    private Point Unexplained(long time, int t)
    {
        Add(0, time, PathKind.Unexplained, t, isTransfer: true);
        return default;
    }

    private void Add(long from, long to, PathKind kind, int item, bool isTransfer = false)
    {
        if (from == to && kind != PathKind.Unexplained) return;
        var transfer = isTransfer ? item : -1;
        var instruction = isTransfer ? _dma.Trigger[item] : item;
        var lane = _causes.LaneOf(instruction);
        var core = lane / FlatStream.LanesPerCore;
        var queue = isTransfer ? _stream.QueueNumbers[_stream.Transfers[item].Queue] : -1;
        var operation = _stream.EntryAt(core, _stream.EntryOf[instruction]).Operation;
        _segments.Add(new PathSegment(
            from, to, kind, core, FlatStream.EngineOf(lane), queue, instruction, transfer, operation));
    }

    /// <summary>An event of the program; the default is its begin.</summary>
    private readonly record struct Point(PathEvent Event, int Item);

    private enum PathEvent : byte
    {
        Begin,
        Start,
        Free,
        End,
        Begun,
        Arrived,
        ShareStart,
        ShareFree,
        ShareEnd,
    }
}
