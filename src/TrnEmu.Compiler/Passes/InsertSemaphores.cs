using TrnEmu.Core.Dependences;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// Adds the waits and signals that make any execution give what program order gives: every conflicting pair of accesses
/// that issue order does not order (Core, Dependences/README.md) gets its completion waited for, unless an earlier wait
/// implies it. Needs engines, DMA queues and, for tensors that share bytes, addresses. An entry waits at most once for
/// each producing engine and DMA ring slot. Waits and signals that are there already are kept and trusted for nothing.
/// Each core is by itself: cores order what they share in HBM by meeting (core_barrier, sendrecv), and what they do not
/// order is a race that the observer reports. Before a barrier of a loop everything completes, so that a body is seen
/// once, as a straight program of its own; its semaphores count from 0 behind each barrier.
/// </summary>
public sealed class InsertSemaphores
{
    private readonly Program _program;
    private readonly StepCounter _counter;
    private readonly DependenceTracker _tracker;
    private readonly DmaRings _rings;
    private readonly SemaphorePlan _plan;
    private readonly EffectSink _effects = new();
    private readonly List<Conflict> _open = [];
    private readonly List<Step> _producers = [];
    private readonly GuardedTensors _guarded;

    private InsertSemaphores(Program program)
    {
        _program = program;
        _counter = new StepCounter(program);
        _tracker = new DependenceTracker(program);
        _rings = new DmaRings(_counter.Components);
        _plan = new SemaphorePlan(program);
        _guarded = new GuardedTensors(program);
    }

    /// <summary>The program with semaphores.</summary>
    public static Program Run(Program program)
    {
        var pass = new InsertSemaphores(program);
        foreach (var (core, index) in ProgramOrder.Of(program)) pass.Place(core, index);
        return pass._plan.Apply();
    }

    private void Place(int core, int index)
    {
        ref readonly var entry = ref _program.Cores[core].Entries.Span[index];
        if (entry.Operation is IControlFlow)
        {
            _counter.Barrier(core);
            return;
        }

        var step = _counter.Next(core, index, entry);
        _producers.Clear();
        if (step.IsDma && _rings.Take(step, entry.Queue, _plan.ScopeOf(step)) is { } previous) _producers.Add(previous);
        _effects.Clear();
        _open.Clear();
        entry.Operation.Effects(_effects);
        _tracker.Track(step, _effects, state: null, _open);
        foreach (var conflict in _open)
        {
            if (conflict.Earlier.Core == core) _producers.Add(conflict.Earlier);
        }

        _guarded.Track(step, entry.Operation, _effects, _producers);
        if (_producers.Count > 0) Wait(step);
        if (entry.Operation is IMeeting) _counter.Meet(step);
        if (step.IsDma) _plan.SetDma(step, _rings.SlotOf(step));
    }

    /// <summary>
    /// Waits for the latest producer first: what it knew when it started often has the others.
    /// </summary>
    private void Wait(Step step)
    {
        if (_producers.Count > 1) _producers.Sort(static (a, b) => b.Order.CompareTo(a.Order));
        var known = step.Known;
        foreach (var producer in _producers)
        {
            if (producer.IsCompleteIn(known)) continue;
            _plan.Wait(step, producer);
            known = known.After(producer);
        }

        _counter.Learn(step, known);
    }
}
