using TrnEmu.Core.Isa;

namespace TrnEmu.Core.Dependences;

/// <summary>An entry on its way through its engine, in the order of the walk.</summary>
public sealed class Step
{
    /// <summary>A step that knows nothing yet.</summary>
    /// <param name="core">Core that executes it.</param>
    /// <param name="index">Index among the core's entries.</param>
    /// <param name="order">Position in the walk over all cores.</param>
    /// <param name="operation">The entry's operation.</param>
    /// <param name="issue">Its engine and its place, from 1, in that engine's stream.</param>
    public Step(int core, int index, int order, Operation operation, Mark issue)
    {
        Core = core;
        Index = index;
        Order = order;
        Issue = issue;
        IsDma = operation.Info.Attribute.IsDma;
        Completions = IsDma ? [] : [issue];
    }

    /// <summary>Core that executes it.</summary>
    public int Core { get; }

    /// <summary>Index among the core's entries.</summary>
    public int Index { get; }

    /// <summary>Position in the walk over all cores.</summary>
    public int Order { get; }

    /// <summary>The engine as a clock component, and the place in its stream.</summary>
    public Mark Issue { get; }

    /// <summary>True when its data movement is a DMA's: not ordered with the engine that triggers it.</summary>
    public bool IsDma { get; }

    /// <summary>What is known to have completed when it starts.</summary>
    public Clock Known { get; set; } = Clock.Zero;

    /// <summary>
    /// Any of these reached says that it has completed: of an engine its place, of a DMA its signals.
    /// </summary>
    public Mark[] Completions { get; set; }

    /// <summary>The next barrier of its core, which comes when it has completed; of count 0 in cores without loops.</summary>
    public Mark Barrier { get; init; }

    /// <summary>True when it is known to have completed.</summary>
    public bool IsCompleteIn(Clock clock)
    {
        if (Barrier.Count > 0 && clock.Has(Barrier)) return true;
        foreach (ref readonly var mark in Completions.AsSpan())
        {
            if (clock.Has(mark)) return true;
        }

        return false;
    }

    /// <summary>True when both are engine operations of one engine: they start and complete in order.</summary>
    public bool SharesEngineWith(Step other) => !IsDma && !other.IsDma && Issue.Component == other.Issue.Component;
}
