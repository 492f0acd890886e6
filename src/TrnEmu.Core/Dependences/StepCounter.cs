using TrnEmu.Core.Isa;

namespace TrnEmu.Core.Dependences;

/// <summary>
/// Makes the steps of a walk: counts the entries of each engine and remembers what each engine knows. Engines are the
/// first components of clocks; who tracks semaphores numbers them from <see cref="Components"/> on.
/// </summary>
public sealed class StepCounter(Program program)
{
    private const int EnginesPerCore = (int)Engine.Sync + 1;
    private readonly int[] _counts = new int[program.Cores.Count * EnginesPerCore];
    private readonly Clock[] _known = Filled(program.Cores.Count * EnginesPerCore);
    private int _order;

    /// <summary>Clock components that engines take.</summary>
    public int Components => _counts.Length;

    /// <summary>The step of the next entry; knows what earlier steps of its engine knew.</summary>
    public Step Next(int core, int index, in Entry entry)
    {
        var engine = core * EnginesPerCore + (int)entry.Engine;
        var issue = new Mark(engine, ++_counts[engine]);
        return new Step(core, index, _order++, entry.Operation, issue) { Known = _known[engine] };
    }

    /// <summary>The step has learnt more before it starts; later steps of its engine know it too.</summary>
    public void Learn(Step step, Clock known)
    {
        step.Known = known;
        _known[step.Issue.Component] = known;
    }

    private static Clock[] Filled(int count)
    {
        var clocks = new Clock[count];
        Array.Fill(clocks, Clock.Zero);
        return clocks;
    }
}
