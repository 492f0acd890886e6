using System.Numerics;
using TrnEmu.Core.Isa;
using TrnEmu.Sim.Attribution;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Events;

/// <summary>
/// Plays a priced stream. An engine runs ahead of the others until a semaphore that it waits for has not reached its
/// value, since nothing else can change its times; signals and DMA then happen in the order of time, and wake engines.
/// Counters only grow, so an engine that finds its value reached need not know when it was.
/// </summary>
internal sealed class EventLoop
{
    /// <summary>Stall causes: 0 for DMA, else the engine.</summary>
    public const int Causes = FlatStream.LanesPerCore + 1;

    private readonly FlatStream _stream;
    private readonly PricedStream _prices;
    private readonly MachineTimes _times;
    private readonly ITimeObserver? _observer;
    private readonly Recording? _recording;
    private readonly Lane[] _lanes;
    private readonly long[] _next;
    private readonly long[] _signalTimes;
    private readonly ulong[] _waiters;
    private readonly EventHeap _heap = new();
    private readonly DmaCore[] _dma;
    private readonly int[] _sharesWritten;
    private readonly Ports[] _ports;
    private readonly ArrayCells[]? _cells;
    private readonly long[] _completed;
    private readonly int _contested;
    private readonly int _sources;

    public EventLoop(PricedStream prices, ITimeObserver? observer, Recording? recording)
    {
        _prices = prices;
        _stream = prices.Stream;
        _times = prices.Times;
        _observer = observer;
        _lanes = new Lane[_stream.LaneBase.Length - 1];
        _next = new long[_lanes.Length * 2];
        _signalTimes = new long[_stream.SignalSemaphore.Length];
        _waiters = new ulong[_stream.Semaphores.Length];
        Counts = new long[_stream.Semaphores.Length];
        EntryStart = new long[_stream.Entries];
        EntryEnd = new long[_stream.Entries];
        _recording = recording;
        Stalls = new long[_lanes.Length * Causes];
        Dma = [.. Enumerable.Range(0, _stream.Cores).Select(_ => new DmaActivity())];
        _dma = DmaCore.AllOf(prices, Dma, _heap, EntryEnd, observer, recording);
        _sharesWritten = new int[_stream.TransferCount];
        _ports = [.. Enumerable.Range(0, _stream.Cores).Select(_ => new Ports())];
        _contested = Ports.Contested(prices);
        _completed = Array.Exists(_stream.OwnProducer, p => p >= 0) ? new long[_stream.EngineInstructions] : [];
        _sources = _contested != 0 ? _next.Length : _lanes.Length;
        if (_stream.Works.Any(w => w.Instruction.Cells != 0))
            _cells = [.. Enumerable.Range(0, _stream.Cores).Select(_ => new ArrayCells())];
        for (var i = 0; i < _lanes.Length; i++) SetUp(i);
    }

    public ReadOnlySpan<Lane> Lanes => _lanes;

    /// <summary>What the DMA engines of each core have done.</summary>
    public DmaActivity[] Dma { get; }

    /// <summary>Values of the semaphores.</summary>
    public long[] Counts { get; }

    public long[] EntryStart { get; }

    public long[] EntryEnd { get; }

    /// <summary>Stall time by lane and cause.</summary>
    public long[] Stalls { get; }

    /// <summary>Runs to the end, or until nothing can happen any more.</summary>
    public void Run()
    {
        for (var i = 0; i < _lanes.Length; i++) Run(i);
        while (true)
        {
            var time = _heap.NextTime;
            var source = -1;
            for (var i = 0; i < _sources; i++)
            {
                if (_next[i] >= time) continue;
                time = _next[i];
                source = i;
            }

            if (time == long.MaxValue) return;
            if (source >= _lanes.Length) Claim(source - _lanes.Length);
            else if (source >= 0) Signal(source, time);
            else Handle(_heap.Pop());
        }
    }

    private void SetUp(int index)
    {
        ref var lane = ref _lanes[index];
        lane.Next = _stream.LaneBase[index];
        lane.End = _stream.LaneBase[index + 1];
        lane.Wait = lane.Next == 0 ? 0 : _stream.WaitEnd[lane.Next - 1];
        lane.SignalHead = lane.SignalTail = lane.Next == 0 ? 0 : _stream.SignalEnd[lane.Next - 1];
        _next[index] = _next[_lanes.Length + index] = long.MaxValue;
    }

    private void Run(int index)
    {
        ref var lane = ref _lanes[index];
        for (; lane.Next < lane.End; lane.Next++)
        {
            if (!WaitsHold(ref lane, index)) return;
            if (_contested != 0 && (_prices.ClaimsOf(lane.Next) & _contested) != 0)
            {
                // Who else asks for it before then is not known yet.
                _next[_lanes.Length + index] = lane.Frontier;
                return;
            }

            Start(ref lane, index, lane.Next);
        }
    }

    /// <summary>An engine asks for ports: it has them now, or waits for who asked before.</summary>
    private void Claim(int index)
    {
        _next[_lanes.Length + index] = long.MaxValue;
        ref var lane = ref _lanes[index];
        var ports = _ports[index / FlatStream.LanesPerCore];
        var claims = _prices.ClaimsOf(lane.Next) & _contested;
        var (free, holder) = ports.Free(claims);
        if (free > lane.Frontier) Stall(ref lane, index, free, (int)holder);
        ports.Hold(claims, lane.Frontier + _prices.Occupancy[lane.Next], FlatStream.EngineOf(index));
        Start(ref lane, index, lane.Next++);
        Run(index);
    }

    private bool WaitsHold(ref Lane lane, int index)
    {
        for (var end = _stream.WaitEnd[lane.Next]; lane.Wait < end; lane.Wait++)
        {
            if (_stream.OwnProducer[lane.Wait] is >= 0 and var own)
            {
                WaitForOwn(ref lane, index, own);
                continue;
            }

            var semaphore = _stream.WaitSemaphore[lane.Wait];
            if (Counts[semaphore] >= _stream.WaitValue[lane.Wait]) continue;
            _waiters[semaphore] |= 1UL << index;
            return false;
        }

        return true;
    }

    /// <summary>What an engine computed itself it has no need to be told of.</summary>
    private void WaitForOwn(ref Lane lane, int index, int producer)
    {
        var time = _completed[producer] + _prices.OwnDelay(producer, lane.Next);
        if (time > lane.Frontier) Stall(ref lane, index, time, (int)FlatStream.EngineOf(index));
    }

    private void Start(ref Lane lane, int index, int i)
    {
        var kind = _stream.Kinds[i];
        var occupancy = _prices.Occupancy[i];
        var latency = _prices.Latency[i];
        var start = lane.Frontier;
        if ((kind & StepKind.Load) != 0)
        {
            // Loads are dispatched ahead of their turn, as soon as the engine's last wait was over: behind what the
            // array does meanwhile their latency is hidden.
            start = lane.Dispatch;
            latency = occupancy = Math.Max(occupancy, lane.Woken + latency - start);
        }
        else if ((kind & StepKind.Move) != 0)
        {
            if (_cells is not null)
                start = _cells[index / FlatStream.LanesPerCore].Free(_stream.InstructionAt(i).Cells, lane.Dispatch);
            latency -= occupancy;
            occupancy = lane.Heat.Occupy(start, occupancy, _times);
            latency += occupancy;
            _cells?[index / FlatStream.LanesPerCore].Take(_stream.InstructionAt(i).Cells, start + occupancy);
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
        if (_completed.Length > 0) _completed[i] = lane.Completed;
        if ((kind & StepKind.Trigger) != 0) _heap.Push(start, EventKind.Trigger, _stream.TransferOf[i]);
        Record(lane, index, i, start, free);
        if ((kind & StepKind.Last) != 0) Announce(ref lane, index, i);
    }

    private void Record(in Lane lane, int index, int i, long start, long free)
    {
        var entry = _stream.EntryOf[i];
        if ((_stream.Kinds[i] & StepKind.First) != 0) EntryStart[entry] = start;
        if ((_stream.Kinds[i] & StepKind.Trigger) == 0) EntryEnd[entry] = lane.Completed;
        _recording?.OnInstruction(i, start, free, lane.Completed);
        _observer?.OnInstruction(
            index / FlatStream.LanesPerCore, FlatStream.EngineOf(index), entry, i, start, free, lane.Completed);
    }

    private void Announce(ref Lane lane, int index, int i)
    {
        var end = _stream.SignalEnd[i];
        if (end == lane.SignalTail) return;
        var visible = lane.Completed + _times.Semaphore;
        if (lane.SignalHead == lane.SignalTail) _next[index] = visible;
        _signalTimes.AsSpan(lane.SignalTail, end - lane.SignalTail).Fill(visible);
        lane.SignalTail = end;
    }

    private void Signal(int index, long time)
    {
        ref var lane = ref _lanes[index];
        var signal = lane.SignalHead++;
        _next[index] = lane.SignalHead < lane.SignalTail ? _signalTimes[lane.SignalHead] : long.MaxValue;
        Add(_stream.SignalSemaphore[signal], _stream.SignalAmount[signal], time, (int)FlatStream.EngineOf(index));
    }

    private void Handle(in SimEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.Trigger:
                DmaOf(e.Subject).Doorbell.Ring(e.Time, e.Subject);
                break;
            case EventKind.Arrival:
                DmaOf(e.Subject).Arrive(e.Time, e.Subject);
                break;
            case EventKind.Free:
                _dma[e.Subject].Serve(e.Time);
                break;
            default:
                Written(e);
                break;
        }
    }

    private void Written(in SimEvent e)
    {
        ref readonly var transfer = ref _stream.Transfers[e.Subject];
        var before = (long)_sharesWritten[e.Subject];
        var after = before + e.Amount;
        _sharesWritten[e.Subject] = (int)after;
        for (var s = transfer.SignalStart; s < transfer.SignalEnd; s++)
        {
            var amount = _stream.TransferSignalAmount[s];
            var part = amount * after / Core.Memory.Limits.DmaEngines - amount * before / Core.Memory.Limits.DmaEngines;
            Add(_stream.TransferSignalSemaphore[s], part, e.Time, (int)Engine.None);
        }
    }

    private DmaCore DmaOf(int transfer)
    {
        ref readonly var flat = ref _stream.Transfers[transfer];
        return _dma[_times.Arbitrates ? flat.Core : flat.Queue];
    }

    private void Add(int semaphore, long amount, long time, int cause)
    {
        Counts[semaphore] += amount;
        for (var mask = _waiters[semaphore]; mask != 0; mask &= mask - 1)
        {
            var index = BitOperations.TrailingZeroCount(mask);
            if (Counts[semaphore] < _stream.WaitValue[_lanes[index].Wait]) continue;
            _waiters[semaphore] &= ~(1UL << index);
            Wake(ref _lanes[index], index, time, cause);
            Run(index);
        }
    }

    private void Wake(ref Lane lane, int index, long time, int cause)
    {
        lane.Wait++;
        lane.Woken = time;
        lane.Dispatch = Math.Max(lane.Dispatch, time);
        if (time > lane.Frontier) Stall(ref lane, index, time, cause);
    }

    private void Stall(ref Lane lane, int index, long time, int cause)
    {
        Stalls[index * Causes + cause] += time - lane.Frontier;
        _observer?.OnStall(
            index / FlatStream.LanesPerCore, FlatStream.EngineOf(index), _stream.EntryOf[lane.Next], (Engine)cause,
            lane.Frontier, time);
        lane.Frontier = time;
    }
}
