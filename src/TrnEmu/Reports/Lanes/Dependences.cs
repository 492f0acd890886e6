using TrnEmu.Core.Isa;
using TrnEmu.Sim;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Reports.Lanes;

/// <summary>
/// Which operation each wait of an operation was for: the one whose completion brings the semaphore to the value that is
/// waited for. Operations are counted over all cores.
/// </summary>
internal sealed class Dependences
{
    private readonly Dictionary<Semaphore, Signals> _signals = [];
    private readonly FlatStream _stream;

    /// <summary>Collects what signals when.</summary>
    public Dependences(FlatStream stream, Timeline timeline)
    {
        _stream = stream;
        var id = 0;
        for (var core = 0; core < stream.Cores; core++)
        {
            var ends = timeline.Cores[core].EntryEnd.Span;
            var entries = stream.Program.Cores[core].Entries.Span;
            for (var i = 0; i < entries.Length; i++, id++)
            {
                foreach (ref readonly var signal in entries[i].Signals.Span)
                {
                    if (!_signals.TryGetValue(signal.Semaphore, out var list)) _signals.Add(signal.Semaphore, list = new Signals());
                    list.Add(ends[i], id, signal.Amount);
                }
            }
        }

        foreach (var list in _signals.Values) list.Sort();
    }

    /// <summary>
    /// Tells producer and consumer of every wait; not those of an engine for itself, which its order implies.
    /// </summary>
    public void ForEach(Action<int, int> take)
    {
        var id = 0;
        foreach (var core in _stream.Program.Cores)
        {
            for (var i = 0; i < core.Entries.Count; i++, id++)
            {
                var entry = core.Entries.Span[i];
                foreach (var wait in entry.Waits)
                {
                    if (ProducerOf(wait) is >= 0 and var producer && !IsOrdered(producer, id, entry)) take(producer, id);
                }
            }
        }
    }

    private int ProducerOf(in Wait wait) =>
        wait.Value > 0 && _signals.TryGetValue(wait.Semaphore, out var list) ? list.Reaching(wait.Value) : -1;

    private bool IsOrdered(int producer, int consumer, in Entry entry)
    {
        var (a, b) = (_stream.CoreOfEntry(producer), _stream.CoreOfEntry(consumer));
        ref readonly var first = ref _stream.EntryAt(a, producer);
        return a == b && first.Queue < 0 && first.Engine == entry.Engine;
    }

    /// <summary>The signals of a semaphore.</summary>
    private sealed class Signals
    {
        private readonly List<(long Time, int Entry, int Amount)> _all = [];
        private long[] _sums = [];

        public void Add(long time, int entry, int amount) => _all.Add((time, entry, amount));

        public void Sort()
        {
            _all.Sort();
            _sums = new long[_all.Count];
            long sum = 0;
            for (var i = 0; i < _sums.Length; i++) _sums[i] = sum += _all[i].Amount;
        }

        public int Reaching(long value)
        {
            var i = Array.BinarySearch(_sums, value);
            if (i < 0) i = ~i;
            while (i > 0 && _sums[i - 1] >= value) i--;
            return i < _all.Count ? _all[i].Entry : -1;
        }
    }
}
