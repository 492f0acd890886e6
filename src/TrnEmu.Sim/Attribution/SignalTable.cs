using TrnEmu.Core.Memory;
using TrnEmu.Sim.Models;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Attribution;

/// <summary>
/// The signals of each semaphore in the order of time, and for each wait the signal that made it hold. A transfer's
/// shares signal as they are written; those written at one time are one signal.
/// </summary>
internal sealed class SignalTable
{
    private readonly PricedStream _prices;
    private readonly FlatStream _stream;
    private readonly Recording _recording;
    private readonly MachineTimes _times;
    private readonly int[] _first;
    private readonly Signal[] _signals;

    public SignalTable(PricedStream prices, Recording recording)
    {
        (_prices, _stream, _recording, _times) = (prices, prices.Stream, recording, prices.Times);
        _first = new int[_stream.Semaphores.Length + 1];
        ForEach((semaphore, _) => _first[semaphore + 1]++);
        for (var s = 0; s < _stream.Semaphores.Length; s++) _first[s + 1] += _first[s];
        _signals = new Signal[_first[^1]];
        var next = _first.AsSpan(0, _stream.Semaphores.Length).ToArray();
        ForEach((semaphore, signal) => _signals[next[semaphore]++] = signal);
        for (var s = 0; s < _stream.Semaphores.Length; s++) Sort(_signals.AsSpan(_first[s].._first[s + 1]));
        OfWait = new int[_stream.WaitSemaphore.Length];
        Resolve();
    }

    /// <summary>Signals of all semaphores.</summary>
    public int Count => _signals.Length;

    /// <summary>Signal that made each wait of the stream hold; -1 when it held from the start.</summary>
    public int[] OfWait { get; }

    /// <summary>When a signal is seen by who waits; 0 for none.</summary>
    public long SeenAt(int signal) => signal < 0 ? 0 : _signals[signal].Time;

    /// <summary>When a wait of an instruction was over; the engine's own results it has earlier than others.</summary>
    public long SeenBy(int wait, int instruction) => _stream.OwnProducer[wait] is >= 0 and var own
        ? _recording.End[own] + _prices.OwnDelay(own, instruction) : SeenAt(OfWait[wait]);

    /// <summary>Instruction or share that signals.</summary>
    public int SourceOf(int signal) => _signals[signal].Source >= 0
        ? _signals[signal].Source : ~_signals[signal].Source;

    /// <summary>Where a semaphore's signals end.</summary>
    public int EndOf(int semaphore) => _first[semaphore + 1];

    /// <summary>The first signal of a semaphore that is seen then or later.</summary>
    public int FirstFrom(int semaphore, long time)
    {
        var (low, high) = (_first[semaphore], _first[semaphore + 1]);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_signals[middle].Time < time) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private void ForEach(Action<int, Signal> take)
    {
        for (var i = 0; i < _recording.Instructions; i++)
        {
            for (var s = i == 0 ? 0 : _stream.SignalEnd[i - 1]; s < _stream.SignalEnd[i]; s++)
            {
                var seen = _recording.End[i] + _times.Semaphore;
                take(_stream.SignalSemaphore[s], new Signal(seen, i, (int)_stream.SignalAmount[s]));
            }
        }

        for (var t = 0; t < _recording.Transfers; t++) ForEachOf(t, take);
    }

    /// <summary>A share adds its sixteenth of the amount when it is written, in whole numbers.</summary>
    private void ForEachOf(int t, Action<int, Signal> take)
    {
        ref readonly var transfer = ref _stream.Transfers[t];
        if (transfer.SignalStart == transfer.SignalEnd) return;
        const int Engines = Limits.DmaEngines;
        Span<long> ends = stackalloc long[Engines];
        Span<int> slots = stackalloc int[Engines];
        _recording.ShareEnd.AsSpan(t * Engines, Engines).CopyTo(ends);
        for (var e = 0; e < Engines; e++) slots[e] = t * Engines + e;
        ends.Sort(slots);
        for (int first = 0, end = 1; first < Engines; first = end++)
        {
            while (end < Engines && ends[end] == ends[first]) end++;
            for (var s = transfer.SignalStart; s < transfer.SignalEnd; s++)
            {
                var amount = _stream.TransferSignalAmount[s];
                var part = amount * end / Engines - amount * first / Engines;
                if (part == 0) continue;
                var source = ~(_recording.FirstShare + slots[first]);
                take(_stream.TransferSignalSemaphore[s],
                    new Signal(ends[first] + _times.DmaEndToEngine, source, (int)part));
            }
        }
    }

    private static void Sort(Span<Signal> signals)
    {
        for (var i = 1; i < signals.Length; i++)
        {
            if (signals[i - 1].CompareTo(signals[i]) <= 0) continue;
            signals.Sort();
            return;
        }
    }

    private void Resolve()
    {
        var sums = new long[_signals.Length];
        for (var s = 0; s < _stream.Semaphores.Length; s++)
        {
            long sum = 0;
            for (var i = _first[s]; i < _first[s + 1]; i++) sums[i] = sum += _signals[i].Amount;
        }

        for (var w = 0; w < OfWait.Length; w++)
        {
            var (first, end) = (_first[_stream.WaitSemaphore[w]], _first[_stream.WaitSemaphore[w] + 1]);
            OfWait[w] = _stream.WaitValue[w] <= 0
                ? -1 : first + ~sums.AsSpan(first, end - first).BinarySearch(new AtLeast(_stream.WaitValue[w]));
        }
    }

    /// <summary>
    /// Shares are complements of their nodes, which orders DMA before engines where times are equal, as in the time
    /// pass.
    /// </summary>
    private readonly record struct Signal(long Time, int Source, int Amount) : IComparable<Signal>
    {
        public int CompareTo(Signal other) =>
            Time != other.Time ? Time.CompareTo(other.Time) : Source.CompareTo(other.Source);
    }

    /// <summary>Finds the complement of the first sum that reaches a value.</summary>
    private readonly struct AtLeast(long value) : IComparable<long>
    {
        public int CompareTo(long sum) => sum < value ? 1 : -1;
    }
}
