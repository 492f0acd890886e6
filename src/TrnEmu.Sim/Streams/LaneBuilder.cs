using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Streams;

/// <summary>Collects what one engine of one core executes.</summary>
internal sealed class LaneBuilder(Engine engine, RecipeTable recipes, SemaphoreTable semaphores) : IDisposable
{
    private byte _loadedTable;
    private int _trigger;

    /// <summary>The operations.</summary>
    public PieceList<LaneStep> Steps { get; } = new();

    /// <summary>What they wait for.</summary>
    public PieceList<LaneCount> Waits { get; } = new();

    /// <summary>What they signal.</summary>
    public PieceList<LaneCount> Signals { get; } = new();

    /// <summary>Number of instructions.</summary>
    public int Instructions { get; private set; }

    /// <summary>Where the trigger of the operation that was added last stands in the lane.</summary>
    public int LastTrigger => _trigger;

    /// <summary>Adds an operation's next instructions, at least one: the first waits, the last signals.</summary>
    public void Add(
        int entry, ReadOnlySpan<Instruction> instructions, ReadOnlySpan<Wait> waits, ReadOnlySpan<Signal> signals)
    {
        var number = recipes.Add(engine, _loadedTable, instructions);
        ref readonly var recipe = ref recipes[number];
        _loadedTable = recipe.TableAfter;
        _trigger = Instructions + recipe.Trigger;
        Instructions += instructions.Length;
        foreach (ref readonly var wait in waits)
            Waits.Next().Set(semaphores.NumberOf(wait.Semaphore), wait.Value);
        foreach (ref readonly var signal in signals)
            Signals.Next().Set(semaphores.NumberOf(signal.Semaphore), signal.Amount);
        ref var step = ref Steps.Next();
        step.Recipe = number;
        step.Entry = entry;
        step.WaitEnd = Waits.Count;
        step.SignalEnd = Signals.Count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Steps.Dispose();
        Waits.Dispose();
        Signals.Dispose();
    }
}

/// <summary>An operation of a lane.</summary>
internal struct LaneStep
{
    /// <summary>What it becomes.</summary>
    public int Recipe;

    /// <summary>Its number, counted over all cores.</summary>
    public int Entry;

    /// <summary>End of its waits and signals among those of the lane.</summary>
    public int WaitEnd, SignalEnd;
}

/// <summary>A semaphore, with the value that is waited for or the amount that is added.</summary>
internal struct LaneCount
{
    /// <summary>Number of the semaphore, and how many.</summary>
    public int Semaphore, Value;

    /// <summary>Sets both.</summary>
    public void Set(int semaphore, int value)
    {
        Semaphore = semaphore;
        Value = value;
    }
}
