using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes;

/// <summary>Waits and signals planned for one core.</summary>
internal sealed class CorePlan(int core, EquatableArray<Entry> entries, int firstFree)
{
    private const int DmaAmount = Limits.DmaEngines;
    private readonly int[] _engineSemaphore = new int[(int)Engine.Sync + 1];
    private readonly SortedDictionary<int, int> _queueSemaphore = [];

    /// <summary>The core's entries.</summary>
    public EquatableArray<Entry> Entries { get; } = entries;

    /// <summary>Waits in the order of waiting entries.</summary>
    public List<PlannedWait> Waits { get; } = [];

    /// <summary>
    /// By entry: not 0 when an engine operation signals; after <see cref="Number"/>, the count with it.
    /// </summary>
    public int[] Signals { get; } = new int[entries.Count];

    /// <summary>By entry: where a DMA signals.</summary>
    public DmaSlot[] Slots { get; } = new DmaSlot[entries.Count];

    /// <summary>Counts the signals of each engine and gives semaphores their numbers.</summary>
    public void Number()
    {
        var counts = new int[_engineSemaphore.Length];
        for (var i = 0; i < Signals.Length; i++)
        {
            var entry = Entries[i];
            if (Signals[i] != 0) Signals[i] = ++counts[(int)entry.Engine];
            if (Slots[i].Use != 0 && _queueSemaphore.GetValueOrDefault(entry.Queue) <= Slots[i].Slot)
                _queueSemaphore[entry.Queue] = Slots[i].Slot + 1;
        }

        var next = firstFree;
        for (var engine = 0; engine < counts.Length; engine++)
        {
            if (counts[engine] > 0) _engineSemaphore[engine] = next++;
        }

        foreach (var queue in _queueSemaphore.Keys.ToArray())
        {
            var slots = _queueSemaphore[queue];
            _queueSemaphore[queue] = next;
            next += slots;
        }
    }

    /// <summary>The semaphore and value that say an entry has completed.</summary>
    public (Semaphore Semaphore, int Value) CompletionOf(int index) => Slots[index].Use == 0
        ? (new Semaphore(core, _engineSemaphore[(int)Entries[index].Engine]), Signals[index])
        : (new Semaphore(core, _queueSemaphore[Entries[index].Queue] + Slots[index].Slot),
            Slots[index].Use * DmaAmount);

    /// <summary>What an entry signals, or null.</summary>
    public Signal? SignalOf(int index)
    {
        if (Slots[index].Use == 0 && Signals[index] == 0) return null;
        return new Signal(CompletionOf(index).Semaphore, Slots[index].Use == 0 ? 1 : DmaAmount);
    }
}

/// <summary>An entry waits for another to complete.</summary>
/// <param name="Index">The waiting entry.</param>
/// <param name="ProducerCore">Core of the entry waited for.</param>
/// <param name="Producer">Index of the entry waited for.</param>
internal readonly record struct PlannedWait(int Index, int ProducerCore, int Producer);
