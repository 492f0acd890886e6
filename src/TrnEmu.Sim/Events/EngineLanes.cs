using System.Runtime.CompilerServices;
using TrnEmu.Core.Isa;
using TrnEmu.Sim.Attribution;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Events;

/// <summary>
/// The engines of all cores. Each runs ahead of the others until a semaphore that it waits for has not reached its value,
/// or until it asks for a port that others use too.
/// </summary>
internal sealed class EngineLanes
{
    private readonly FlatStream _stream;
    private readonly PricedStream _prices;
    private readonly MachineTimes _times;
    private readonly SemaphoreCounts _semaphores;
    private readonly EventHeap _heap;
    private readonly ITimeObserver? _observer;
    private readonly Recording? _recording;
    private readonly Lane[] _lanes;
    private readonly Ports[] _ports;
    private readonly ArrayCells[]? _cells;
    private readonly int _contested;
    private readonly TimeRing[] _signalTimes;

    // Of the stream, at hand for every instruction.
    private readonly WorkPrice[] _works;
    private readonly int[] _workOf;
    private readonly StepKind[] _kinds;
    private readonly int[] _entryOf;
    private readonly int[] _waitEnd;
    private readonly int[] _signalEnd;

    public EngineLanes(
        PricedStream prices, SemaphoreCounts semaphores, EventHeap heap, ITimeObserver? observer, Recording? recording)
    {
        (_prices, _stream, _times) = (prices, prices.Stream, prices.Times);
        (_semaphores, _heap, _observer, _recording) = (semaphores, heap, observer, recording);
        (_works, _workOf, _kinds, _entryOf) = (prices.Works, _stream.WorkOf, _stream.Kinds, _stream.EntryOf);
        (_waitEnd, _signalEnd) = (_stream.WaitEnd, _stream.SignalEnd);
        _lanes = new Lane[_stream.LaneBase.Length - 1];
        _signalTimes = [.. _lanes.Select(_ => new TimeRing())];
        _ports = [.. Enumerable.Range(0, _stream.Cores).Select(_ => new Ports())];
        _contested = Ports.Contested(prices);
        if (Array.Exists(_works, w => w.Cells != 0))
            _cells = [.. Enumerable.Range(0, _stream.Cores).Select(_ => new ArrayCells())];
        Next = new long[_contested != 0 ? 2 * _lanes.Length : _lanes.Length];
        Array.Fill(Next, long.MaxValue);
        EntryStart = new long[_stream.Entries];
        EntryEnd = new long[_stream.Entries];
        Stalls = new long[_lanes.Length * EventLoop.Causes];
        for (var i = 0; i < _lanes.Length; i++) SetUp(i);
    }

    /// <summary>Where each engine stands.</summary>
    public ReadOnlySpan<Lane> All => _lanes;

    /// <summary>
    /// When each engine's next signal happens and, where ports are contested, behind those when each next asks for ports.
    /// </summary>
    public long[] Next { get; }

    /// <summary>Start of each operation.</summary>
    public long[] EntryStart { get; }

    /// <summary>When each operation's effect is there.</summary>
    public long[] EntryEnd { get; }

    /// <summary>Stall time by lane and cause.</summary>
    public long[] Stalls { get; }

    /// <summary>Runs an engine as far as it comes.</summary>
    public void Run(int index)
    {
        ref var lane = ref _lanes[index];
        for (; lane.Next < lane.End; lane.Next++)
        {
            var i = lane.Next;
            // Operations wait before their first instruction.
            if ((_kinds[i] & StepKind.First) != 0 && lane.Wait < _waitEnd[i] && !WaitsHold(ref lane, index)) return;
            ref readonly var price = ref _works[_workOf[i]];
            if ((price.Claims & _contested) != 0)
            {
                // Who else asks for it before then is not known yet.
                Next[_lanes.Length + index] = lane.Frontier;
                return;
            }

            Start(ref lane, index, price);
        }
    }

    /// <summary>An engine asks for ports: it has them now, or waits for who asked before.</summary>
    public void Claim(int index)
    {
        Next[_lanes.Length + index] = long.MaxValue;
        ref var lane = ref _lanes[index];
        ref readonly var price = ref _works[_workOf[lane.Next]];
        var ports = _ports[index / FlatStream.LanesPerCore];
        var claims = price.Claims & _contested;
        var (free, holder) = ports.Free(claims);
        if (free > lane.Frontier) Stall(ref lane, index, free, (int)holder);
        ports.Hold(claims, lane.Frontier + price.Occupancy, FlatStream.EngineOf(index));
        Start(ref lane, index, price);
        lane.Next++;
        Run(index);
    }

    /// <summary>The value that an engine waits for.</summary>
    public int Awaited(int index) => _stream.WaitValue[_lanes[index].Wait];

    /// <summary>What an engine waits for has come.</summary>
    public void Wake(int index, long time, int cause)
    {
        ref var lane = ref _lanes[index];
        lane.Wait++;
        lane.Woken = time;
        lane.Dispatch = Math.Max(lane.Dispatch, time);
        if (time > lane.Frontier) Stall(ref lane, index, time, cause);
        Run(index);
    }

    /// <summary>An engine's next signal happens; returns which.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TakeSignal(int index)
    {
        ref var lane = ref _lanes[index];
        var signal = lane.SignalHead++;
        Next[index] = lane.SignalHead < lane.SignalTail ? _signalTimes[index][lane.SignalHead] : long.MaxValue;
        return signal;
    }

    private void SetUp(int index)
    {
        ref var lane = ref _lanes[index];
        lane.Next = _stream.LaneBase[index];
        lane.End = _stream.LaneBase[index + 1];
        lane.Wait = _stream.FirstWait(lane.Next);
        lane.SignalHead = lane.SignalTail = _stream.FirstSignal(lane.Next);
    }

    private bool WaitsHold(ref Lane lane, int index)
    {
        for (var end = _waitEnd[lane.Next]; lane.Wait < end; lane.Wait++)
        {
            if (_stream.OwnProducer[lane.Wait] is >= 0 and var own) WaitForOwn(ref lane, index, own);
            else if (!_semaphores.HasReached(_stream.WaitSemaphore[lane.Wait], _stream.WaitValue[lane.Wait], index)) return false;
        }

        return true;
    }

    /// <summary>
    /// What an engine computed itself it has no need to be told of. Signals come from the last instruction of an operation,
    /// so that it completed when that did.
    /// </summary>
    private void WaitForOwn(ref Lane lane, int index, int producer)
    {
        var time = EntryEnd[_entryOf[producer]] + _prices.OwnDelay(producer, lane.Next);
        if (time > lane.Frontier) Stall(ref lane, index, time, (int)FlatStream.EngineOf(index));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Start(ref Lane lane, int index, in WorkPrice price)
    {
        var i = lane.Next;
        var kind = _kinds[i];
        var (start, occupancy, latency) = (lane.Frontier, price.Occupancy, price.Latency);
        if ((kind & StepKind.Load) != 0)
        {
            // Loads are dispatched ahead of their turn, as soon as the engine's last wait was over: behind what the
            // array does meanwhile their latency is hidden.
            start = lane.Dispatch;
            latency = occupancy = Math.Max(occupancy, lane.Woken + latency - start);
        }
        else if ((kind & StepKind.Move) != 0)
        {
            var cells = _cells?[index / FlatStream.LanesPerCore];
            if (cells is not null) start = cells.Free(price.Cells, lane.Dispatch);
            latency -= occupancy;
            occupancy = lane.Heat.Occupy(start, occupancy, _times);
            latency += occupancy;
            cells?.Take(price.Cells, start + occupancy);
        }

        var free = start + occupancy;
        if (free > lane.Frontier)
        {
            lane.Busy += free - lane.Frontier;
            lane.Frontier = free;
        }

        // The next stationary matrix can load as soon as the array has taken over this one.
        lane.Dispatch = (kind & StepKind.Move) != 0 ? start : free;
        lane.Completed = Math.Max(lane.Completed, start + latency);
        if ((kind & StepKind.Trigger) != 0) _heap.Push(start, EventKind.Trigger, _stream.TransferOfTrigger[i]);
        else EntryEnd[_entryOf[i]] = lane.Completed;
        if ((kind & StepKind.First) != 0) EntryStart[_entryOf[i]] = start;
        if (_recording is not null || _observer is not null) Record(lane, index, start, free);
        if ((kind & StepKind.Last) != 0) Announce(ref lane, index);
    }

    private void Record(in Lane lane, int index, long start, long free)
    {
        _recording?.OnInstruction(lane.Next, start, free, lane.Completed);
        _observer?.OnInstruction(
            index / FlatStream.LanesPerCore, FlatStream.EngineOf(index), _entryOf[lane.Next], lane.Next, start, free,
            lane.Completed);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Announce(ref Lane lane, int index)
    {
        var end = _signalEnd[lane.Next];
        if (end == lane.SignalTail) return;
        var visible = lane.Completed + _times.Semaphore;
        if (lane.SignalHead == lane.SignalTail) Next[index] = visible;
        for (; lane.SignalTail < end; lane.SignalTail++)
            _signalTimes[index].Add(lane.SignalTail, lane.SignalHead, visible);
    }

    private void Stall(ref Lane lane, int index, long time, int cause)
    {
        Stalls[index * EventLoop.Causes + cause] += time - lane.Frontier;
        _observer?.OnStall(
            index / FlatStream.LanesPerCore, FlatStream.EngineOf(index), _entryOf[lane.Next], (Engine)cause,
            lane.Frontier, time);
        lane.Frontier = time;
    }
}
