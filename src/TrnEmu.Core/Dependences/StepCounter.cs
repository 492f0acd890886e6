using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;

namespace TrnEmu.Core.Dependences;

/// <summary>
/// Makes the steps of a walk: counts the entries of each engine and remembers what each engine knows. Engines, and the
/// barriers of each core, are the first components of clocks; who tracks semaphores numbers them from
/// <see cref="Components"/> on.
/// </summary>
public sealed class StepCounter(Program program)
{
    private const int EnginesPerCore = (int)Engine.Sync + 1;
    private readonly int[] _counts = new int[program.Cores.Count * EnginesPerCore];
    private readonly Clock[] _known = Filled(program.Cores.Count * EnginesPerCore);
    private readonly int[]? _barriers = ExecutionPath.IsNeeded(program) ? new int[program.Cores.Count] : null;
    private readonly List<Step> _arrived = [];
    private int _order;

    /// <summary>Clock components that engines and barriers take.</summary>
    public int Components => _counts.Length + (_barriers?.Length ?? 0);

    /// <summary>The step of the next entry; knows what earlier steps of its engine knew.</summary>
    public Step Next(int core, int index, in Entry entry)
    {
        var engine = core * EnginesPerCore + (int)entry.Engine;
        var issue = new Mark(engine, ++_counts[engine]);
        var barrier = _barriers is null ? default : NextBarrier(core);
        return new Step(core, index, _order++, entry.Operation, issue) { Known = _known[engine], Barrier = barrier };
    }

    /// <summary>
    /// All that a core has begun, DMA too, has completed before any of its engines goes on; each then knows what all of
    /// them knew.
    /// </summary>
    public void Barrier(int core)
    {
        var engines = _known.AsSpan(core * EnginesPerCore, EnginesPerCore);
        var known = Clock.Zero;
        foreach (var engine in engines) known = known.With(engine, NextBarrier(core));
        engines.Fill(known);
        _barriers![core]++;
    }

    private Mark NextBarrier(int core) => new(_counts.Length + core, _barriers![core] + 1);

    /// <summary>The step has learnt more before it starts; later steps of its engine know it too.</summary>
    public void Learn(Step step, Clock known)
    {
        step.Known = known;
        _known[step.Issue.Component] = known;
    }

    /// <summary>
    /// A step that meets those of the other cores has its waits behind it. When the last of them has, all know what
    /// each knew, and that what was before them on their engines has completed.
    /// </summary>
    public void Meet(Step step)
    {
        _arrived.Add(step);
        if (_arrived.Count < program.Cores.Count) return;
        var known = Clock.Zero;
        foreach (var arrived in _arrived)
            known = known.With(arrived.Known, arrived.Issue with { Count = arrived.Issue.Count - 1 });
        foreach (var arrived in _arrived) Learn(arrived, known);
        _arrived.Clear();
    }

    private static Clock[] Filled(int count)
    {
        var clocks = new Clock[count];
        Array.Fill(clocks, Clock.Zero);
        return clocks;
    }
}
