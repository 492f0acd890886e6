using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Sim.Streams;

/// <summary>Collects what one engine of one core executes.</summary>
internal sealed class LaneBuilder(Engine engine, WorkTable works, SemaphoreTable semaphores) : IDisposable
{
    private byte _loadedTable;
    private int _waits;
    private int _signals;

    /// <summary>The instructions.</summary>
    public PieceList<LaneStep> Steps { get; } = new();

    /// <summary>What they wait for.</summary>
    public PieceList<LaneCount> Waits { get; } = new();

    /// <summary>What they signal.</summary>
    public PieceList<LaneCount> Signals { get; } = new();

    /// <summary>Where the trigger among the instructions that were added last stands in the lane.</summary>
    public int TriggerOf(ReadOnlySpan<Instruction> last)
    {
        var i = 0;
        while (last[i].Class != CostClass.DmaTrigger) i++;
        return Steps.Count - last.Length + i;
    }

    /// <summary>Adds an operation's next instructions, at least one: the first waits, the last signals.</summary>
    public void Add(
        int entry, ReadOnlySpan<Instruction> instructions, ReadOnlySpan<Wait> waits, ReadOnlySpan<Signal> signals)
    {
        foreach (ref readonly var wait in waits)
            Waits.Next().Set(semaphores.NumberOf(wait.Semaphore), wait.Value);
        _waits += waits.Length;
        var place = LaneStep.First;
        for (var i = 0; i < instructions.Length - 1; i++)
        {
            Add(entry, instructions[i], place);
            place = 0;
        }

        foreach (ref readonly var signal in signals)
            Signals.Next().Set(semaphores.NumberOf(signal.Semaphore), signal.Amount);
        _signals += signals.Length;
        Add(entry, instructions[^1], place | LaneStep.Last);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Steps.Dispose();
        Waits.Dispose();
        Signals.Dispose();
    }

    private void Add(int entry, in Instruction instruction, int place)
    {
        var work = works.Add(engine, _loadedTable, instruction);
        if (instruction.Table != 0) _loadedTable = instruction.Table;
        ref var step = ref Steps.Next();
        step.WorkAndPlace = (work << LaneStep.PlaceBits) | place;
        step.Entry = entry;
        step.WaitEnd = _waits;
        step.SignalEnd = _signals;
    }
}

/// <summary>An instruction of a lane.</summary>
internal struct LaneStep
{
    /// <summary>Bits of the place.</summary>
    public const int PlaceBits = 2;

    /// <summary>First instruction of its operation.</summary>
    public const int First = 1;

    /// <summary>Last instruction of its operation.</summary>
    public const int Last = 2;

    /// <summary>Number of its work, and whether it is the first and the last of its operation.</summary>
    public int WorkAndPlace;

    /// <summary>Its operation, counted over all cores.</summary>
    public int Entry;

    /// <summary>End of its waits and signals among those of the lane.</summary>
    public int WaitEnd, SignalEnd;

    /// <summary>Number of its work.</summary>
    public readonly int Work => WorkAndPlace >> PlaceBits;

    /// <summary>Place in its operation as a kind of step.</summary>
    public readonly StepKind Place => (StepKind)((WorkAndPlace & (First | Last)) * (int)StepKind.First);
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
