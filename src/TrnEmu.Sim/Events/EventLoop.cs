using System.Numerics;
using System.Runtime.CompilerServices;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
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
    private readonly MachineTimes _times;
    private readonly EventHeap _heap = new();
    private readonly SemaphoreCounts _semaphores;
    private readonly EngineLanes _engines;
    private readonly DmaCore[] _dma;
    private readonly int[] _sharesWritten;

    public EventLoop(PricedStream prices, ITimeObserver? observer, Recording? recording)
    {
        _stream = prices.Stream;
        _times = prices.Times;
        _semaphores = new SemaphoreCounts(_stream.Semaphores.Length);
        _engines = new EngineLanes(prices, _semaphores, _heap, observer, recording);
        Dma = [.. Enumerable.Range(0, _stream.Cores).Select(_ => new DmaActivity())];
        _dma = DmaCore.AllOf(prices, Dma, _heap, EntryEnd, observer, recording);
        _sharesWritten = new int[_stream.TransferCount];
    }

    /// <summary>Where each engine stands.</summary>
    public ReadOnlySpan<Lane> Lanes => _engines.All;

    /// <summary>What the DMA engines of each core have done.</summary>
    public DmaActivity[] Dma { get; }

    /// <summary>Values of the semaphores.</summary>
    public long[] Counts => _semaphores.Values;

    /// <summary>Start of each operation; of DMA: of its trigger.</summary>
    public long[] EntryStart => _engines.EntryStart;

    /// <summary>When each operation's effect is there; of DMA: when the last share is written.</summary>
    public long[] EntryEnd => _engines.EntryEnd;

    /// <summary>Stall time by lane and cause.</summary>
    public long[] Stalls => _engines.Stalls;

    /// <summary>Runs to the end, or until nothing can happen any more.</summary>
    public void Run()
    {
        var lanes = Lanes.Length;
        for (var i = 0; i < lanes; i++) _engines.Run(i);
        var next = _engines.Next;
        while (true)
        {
            var time = _heap.NextTime;
            var source = -1;
            for (var i = 0; i < next.Length; i++)
            {
                if (next[i] >= time) continue;
                time = next[i];
                source = i;
            }

            if (time == long.MaxValue) return;
            if (source >= lanes) _engines.Claim(source - lanes);
            else if (source >= 0) Signal(source, time);
            else Handle(_heap.Pop());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Signal(int index, long time)
    {
        var signal = _engines.TakeSignal(index);
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
            var part = amount * after / Limits.DmaEngines - amount * before / Limits.DmaEngines;
            Add(_stream.TransferSignalSemaphore[s], part, e.Time, (int)Engine.None);
        }
    }

    private DmaCore DmaOf(int transfer)
    {
        ref readonly var flat = ref _stream.Transfers[transfer];
        return _dma[_times.Arbitrates ? flat.Core : flat.Queue];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int semaphore, long amount, long time, int cause)
    {
        for (var waiting = _semaphores.Add(semaphore, amount, out var value); waiting != 0; waiting &= waiting - 1)
        {
            var index = BitOperations.TrailingZeroCount(waiting);
            if (value < _engines.Awaited(index)) continue;
            _semaphores.Forget(semaphore, index);
            _engines.Wake(index, time, cause);
        }
    }
}
