using TrnEmu.Core.Dependences;
using TrnEmu.Core.Dependences.Proofs;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Machine;

namespace TrnEmu.Sim.Observers;

/// <summary>
/// Proves, entry by entry in program order, that semaphores order every conflicting pair of accesses, so that any
/// timing gives what program order gives; otherwise faults with TRN3101 (race) or TRN3102 (unsound semaphore). The
/// rules are in Core, Dependences/README.md. Trusts a wait only for what the value proves.
/// </summary>
/// <param name="program">The program.</param>
/// <param name="equal">Writes of the cores that need no order because they write the same; null when none is known.</param>
public sealed class RaceObserver(Program program, EqualWrites? equal = null) : IExecutionObserver
{
    private readonly StepCounter _counter = new(program);
    private readonly DependenceTracker _tracker = new(program);
    private readonly Dictionary<Semaphore, SemaphoreLog> _semaphores = [];
    private readonly EffectSink _effects = new();
    private readonly List<Conflict> _open = [];
    private readonly FaultText _text = new(program);
    private readonly IReadOnlyList<Semaphore>[] _ofLoops = SemaphoreNumbers.OfLoops(program);
    private int _semaphoreComponents;

    /// <summary>
    /// Checks a whole program without executing it. Dynamic addresses may be anywhere in their tensors; loops run as the
    /// path says, without one each once.
    /// </summary>
    /// <exception cref="TrnException">The first fault.</exception>
    public static void Check(Program program, ExecutionPath? path = null)
    {
        if (!ProgramProof.Proves(program, path, checksWritten: false)) Find(program, path);
    }

    /// <summary>As <see cref="Check"/>, which asks this only for what is not proved at once.</summary>
    internal static void Find(Program program, ExecutionPath? path)
    {
        var observer = new RaceObserver(program);
        foreach (var (core, index) in ProgramOrder.Of(program, path))
            observer.Observe(core, index, program.Cores[core].Entries[index], state: null);
    }

    /// <inheritdoc/>
    public void BeforeExecute(int core, int index, in Entry entry, CoreState state) =>
        Observe(core, index, entry, state);

    /// <summary>Checks one entry; without a state its dynamic addresses may be anywhere in their tensors.</summary>
    /// <exception cref="TrnException">A fault.</exception>
    public void Observe(int core, int index, in Entry entry, IDisplacements? state)
    {
        if (entry.Operation is IControlFlow)
        {
            Barrier(core);
            return;
        }

        var step = _counter.Next(core, index, entry);
        var known = step.Known;
        foreach (var wait in entry.Waits.Span) known = Log(wait.Semaphore).Reached(wait.Value, step, known);
        _counter.Learn(step, known);
        if (entry.Operation is IMeeting) _counter.Meet(step);
        foreach (var signal in entry.Signals.Span) Signal(step, signal);
        _effects.Clear();
        _open.Clear();
        entry.Operation.Effects(_effects);
        _tracker.Track(step, _effects, state, _open);
        foreach (var conflict in _open)
        {
            if (!IsHarmless(step, conflict)) throw Race(step, conflict);
        }
    }

    private bool IsHarmless(Step step, in Conflict conflict) =>
        equal is not null && conflict is { Effect: >= 0, EarlierWrote: true } && conflict.Earlier.Core != step.Core
        && _effects.Memory[conflict.Effect].Kind == AccessKind.Write
        && equal.Agree(OperationOf(conflict.Earlier), OperationOf(step));

    private Operation OperationOf(Step step) => program.Cores[step.Core].Entries[step.Index].Operation;

    private void Barrier(int core)
    {
        _counter.Barrier(core);
        foreach (var semaphore in _ofLoops[core]) Log(semaphore).Reset();
    }

    private void Signal(Step step, in Signal signal)
    {
        var log = Log(signal.Semaphore);
        if (log.Signal(step, signal.Amount, NewComponent) is not { } pending) return;
        var name = _text.Semaphore(signal.Semaphore);
        throw new TrnException(FailureKind.Fault, Diagnostic.Error(
            RaceCodes.UnsoundSemaphore,
            $"{_text.Who(step)} adds {signal.Amount} to semaphore {name} while "
            + $"{_text.Who(pending)} may not have completed, "
            + $"and {_text.Who(log.Relying!)} relies on {name} for it",
            _text.Span(step),
            new DiagnosticNote(_text.Span(pending), $"{_text.Who(pending)} also adds to {name}"),
            new DiagnosticNote(_text.Span(log.Relying!), $"{_text.Who(log.Relying!)} waits for {name}")));
    }

    private SemaphoreLog Log(Semaphore semaphore)
    {
        if (!_semaphores.TryGetValue(semaphore, out var log)) _semaphores.Add(semaphore, log = new SemaphoreLog());
        return log;
    }

    private int NewComponent() => _counter.Components + _semaphoreComponents++;

    private TrnException Race(Step step, in Conflict conflict)
    {
        var earlier = conflict.Earlier;
        var what = conflict.Effect < 0 ? "engine state" : _text.Access(step, conflict);
        var before = conflict.Effect < 0 ? "engine state" : _text.EarlierAccess(step, conflict);
        return new TrnException(FailureKind.Fault, Diagnostic.Error(
            RaceCodes.Race,
            $"{_text.Who(step)} {what}, which {_text.Who(earlier)} "
            + $"may still {(conflict.EarlierWrote ? "write" : "read")}: "
            + "no semaphore makes it wait for that to complete",
            _text.Span(step),
            new DiagnosticNote(_text.Span(earlier), $"{_text.Who(earlier)} {before}")));
    }
}
