using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes;

/// <summary>Waits and signals planned for one core.</summary>
internal sealed class CorePlan(int core, EquatableArray<Entry> entries, int firstFree)
{
    private const int DmaAmount = Limits.DmaEngines;
    private readonly EngineSemaphores _outside = new();
    private readonly EngineSemaphores _ofLoops = new();

    /// <summary>The core's entries.</summary>
    public EquatableArray<Entry> Entries { get; } = entries;

    /// <summary>Where the semaphores of each entry count.</summary>
    public LoopScopes Scopes { get; } = new(entries);

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
        var scope = LoopScopes.Outside;
        for (var i = 0; i < Signals.Length; i++)
        {
            var semaphores = SemaphoresOf(i);
            if (Scopes[i] != scope && Scopes[i] != LoopScopes.Outside) semaphores.Restart();
            scope = Scopes[i];
            if (Signals[i] != 0) Signals[i] = semaphores.Count(Entries[i].Engine);
            if (Slots[i].Use != 0) semaphores.Take(Entries[i].Queue, Slots[i].Slot);
        }

        _ofLoops.Number(_outside.Number(firstFree));
    }

    /// <summary>The semaphore and value that say an entry has completed.</summary>
    public (Semaphore Semaphore, int Value) CompletionOf(int index)
    {
        var semaphores = SemaphoresOf(index);
        return Slots[index].Use == 0
            ? (new Semaphore(core, semaphores[Entries[index].Engine]), Signals[index])
            : (new Semaphore(core, semaphores[Entries[index].Queue] + Slots[index].Slot), Slots[index].Use * DmaAmount);
    }

    private EngineSemaphores SemaphoresOf(int index) => Scopes[index] == LoopScopes.Outside ? _outside : _ofLoops;

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
