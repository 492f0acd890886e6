using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Core.Machine;

/// <summary>
/// Executes a program's operations in program order. With several cores, one runs until it waits for a semaphore that
/// has not reached its value, then the next, in a fixed order. Has no clock.
/// </summary>
public sealed class FunctionPass
{
    private readonly Program _program;
    private readonly CoreState[] _cores;
    private readonly int[] _next;
    private readonly Dictionary<Semaphore, int> _semaphores = [];
    private readonly List<Semaphore>[] _local;
    private readonly IExecutionObserver? _observer;

    private FunctionPass(
        Program program, Binding binding, Chip chip, IExecutionObserver? observer, int threads, Arithmetic? arithmetic,
        RowGrain? grain)
    {
        _program = program;
        _observer = observer;
        _cores = [.. program.Cores.Select((_, core) => new CoreState(program, binding, chip, threads, arithmetic, core, grain))];
        foreach (var core in _cores) core.Peers = _cores;
        _local = [.. _cores.Select(_ => new List<Semaphore>())];
        _next = new int[_cores.Length];
    }

    /// <summary>Runs the whole program; gives the way that it took through its loops.</summary>
    /// <param name="program">The program.</param>
    /// <param name="binding">Where its tensors are.</param>
    /// <param name="chip">The chip whose rules apply.</param>
    /// <param name="observer">Told of each operation, or null.</param>
    /// <param name="threads">Host threads; never changes bits.</param>
    /// <param name="arithmetic">What the user chose where the chip has modes; null for the defaults.</param>
    /// <param name="maxIterations">Iterations that the loops of a core may have together.</param>
    /// <param name="grain">How operations are cut for the threads; null for the default.</param>
    /// <exception cref="TrnException">A fault of the emulated machine.</exception>
    public static ExecutionPath Run(
        Program program, Binding binding, Chip chip, IExecutionObserver? observer = null, int threads = 1,
        Arithmetic? arithmetic = null, long maxIterations = ExecutionPath.DefaultMaxIterations, RowGrain? grain = null)
    {
        var pass = new FunctionPass(program, binding, chip, observer, threads, arithmetic, grain);
        foreach (var core in pass._cores) core.Loops.Limit(maxIterations);
        while (!pass.IsDone)
        {
            var progress = false;
            for (var core = 0; core < pass._cores.Length; core++) progress |= pass.RunUntilWait(core);
            if (!progress) throw pass.Stuck();
        }

        return new ExecutionPath([.. pass._cores.Select(c => c.Loops.Path)]);
    }

    private bool IsDone
    {
        get
        {
            for (var core = 0; core < _next.Length; core++)
            {
                if (_next[core] < _program.Cores[core].Entries.Count) return false;
            }

            return true;
        }
    }

    private bool RunUntilWait(int core)
    {
        var entries = _program.Cores[core].Entries.Span;
        var progress = false;
        while (_next[core] < entries.Length && CanStart(entries[_next[core]]))
        {
            if (entries[_next[core]].Operation is not IMeeting meeting) Execute(core);
            else if (!TryMeet(meeting)) break;
            progress = true;
        }

        return progress;
    }

    private void Execute(int core)
    {
        var index = _next[core];
        ref readonly var entry = ref _program.Cores[core].Entries.Span[index];
        var state = _cores[core];
        state.Current = entry;
        state.Next = index + 1;
        _observer?.BeforeExecute(core, index, entry, state);
        var isInLoop = state.Loops.Depth > 0;
        state.Execute(entry);
        foreach (var signal in entry.Signals.Span) Signal(signal, isInLoop ? _local[core] : null);
        if (isInLoop && entry.Operation is IControlFlow) ResetLocal(core);
        _next[core] = state.Next;
    }

    /// <summary>Executes the meeting on every core, in their order, once all stand at it.</summary>
    private bool TryMeet(IMeeting meeting)
    {
        if (!Meetings.IsComplete(_program, _next, meeting)) return false;
        for (var core = 0; core < _cores.Length; core++)
        {
            ref readonly var entry = ref _program.Cores[core].Entries.Span[_next[core]];
            if (!CanStart(entry)) return false;
            _cores[core].Current = entry;
        }

        for (var core = 0; core < _cores.Length; core++) Execute(core);
        return true;
    }

    private void Signal(in Signal signal, List<Semaphore>? local)
    {
        _semaphores[signal.Semaphore] = _semaphores.GetValueOrDefault(signal.Semaphore) + signal.Amount;
        local?.Add(signal.Semaphore);
    }

    /// <summary>A barrier of a loop: what its body has signalled is 0 again.</summary>
    private void ResetLocal(int core)
    {
        foreach (var semaphore in _local[core]) _semaphores.Remove(semaphore);
        _local[core].Clear();
    }

    private bool CanStart(in Entry entry)
    {
        foreach (var wait in entry.Waits.Span)
        {
            if (_semaphores.GetValueOrDefault(wait.Semaphore) < wait.Value) return false;
        }

        return true;
    }

    private TrnException Stuck()
    {
        var core = Enumerable.Range(0, _next.Length).First(c => _next[c] < _program.Cores[c].Entries.Count);
        var entry = _program.Cores[core].Entries[_next[core]];
        if (entry.Operation is IMeeting && CanStart(entry)) return Alone(core, entry.Operation);
        var wait = entry.Waits.First(w => _semaphores.GetValueOrDefault(w.Semaphore) < w.Value);
        return new TrnException(FailureKind.Fault, Diagnostic.Error(
            FaultCodes.Deadlock,
            FormattableString.Invariant($"{entry.Operation.Info.Name} waits for semaphore s{wait.Semaphore.Number} to reach {wait.Value}, ")
            + FormattableString.Invariant($"it is {_semaphores.GetValueOrDefault(wait.Semaphore)} and nothing that comes before signals it"),
            entry.Operation.Span));
    }

    private TrnException Alone(int core, Operation meeting)
    {
        var notes = new List<DiagnosticNote>();
        for (var other = 0; other < _cores.Length; other++)
        {
            if (other == core) continue;
            var entries = _program.Cores[other].Entries;
            notes.Add(_next[other] < entries.Count
                ? new DiagnosticNote(entries[_next[other]].Operation.Span, FormattableString.Invariant($"core {other} stands at {entries[_next[other]].Operation.Info.Name}"))
                : new DiagnosticNote(SourceSpan.None, FormattableString.Invariant($"core {other} has come to its end")));
        }

        return new TrnException(FailureKind.Fault, Diagnostic.Error(
            FaultCodes.Deadlock, FormattableString.Invariant($"core {core} waits at {meeting.Info.Name} for the other core, which does not come"),
            meeting.Span, [.. notes]));
    }
}
