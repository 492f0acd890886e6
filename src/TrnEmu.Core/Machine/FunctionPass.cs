using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;

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
    private readonly IExecutionObserver? _observer;

    private FunctionPass(
        Program program, Binding binding, Chip chip, IExecutionObserver? observer, int threads, Arithmetic? arithmetic)
    {
        _program = program;
        _observer = observer;
        _cores = [.. program.Cores.Select(_ => new CoreState(program, binding, chip, threads, arithmetic))];
        _next = new int[_cores.Length];
    }

    /// <summary>Runs the whole program.</summary>
    /// <exception cref="TrnException">A fault of the emulated machine.</exception>
    public static void Run(
        Program program, Binding binding, Chip chip, IExecutionObserver? observer = null, int threads = 1,
        Arithmetic? arithmetic = null)
    {
        var pass = new FunctionPass(program, binding, chip, observer, threads, arithmetic);
        while (!pass.IsDone)
        {
            var progress = false;
            for (var core = 0; core < pass._cores.Length; core++) progress |= pass.RunUntilWait(core);
            if (!progress) throw pass.Stuck();
        }
    }

    private bool IsDone => Enumerable.Range(0, _next.Length).All(c => _next[c] >= _program.Cores[c].Entries.Count);

    private bool RunUntilWait(int core)
    {
        var entries = _program.Cores[core].Entries.Span;
        var state = _cores[core];
        var start = _next[core];
        ref var i = ref _next[core];
        for (; i < entries.Length && CanStart(entries[i]); i++)
        {
            ref readonly var entry = ref entries[i];
            state.Current = entry;
            _observer?.BeforeExecute(core, i, entry, state);
            state.Execute(entry);
            foreach (var signal in entry.Signals.Span)
                _semaphores[signal.Semaphore] = _semaphores.GetValueOrDefault(signal.Semaphore) + signal.Amount;
        }

        return i > start;
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
        var wait = entry.Waits.First(w => _semaphores.GetValueOrDefault(w.Semaphore) < w.Value);
        return new TrnException(FailureKind.Fault, Diagnostic.Error(
            FaultCodes.Deadlock,
            FormattableString.Invariant($"{entry.Operation.Info.Name} waits for semaphore s{wait.Semaphore.Number} to reach {wait.Value}, ")
            + FormattableString.Invariant($"it is {_semaphores.GetValueOrDefault(wait.Semaphore)} and nothing that comes before signals it"),
            entry.Operation.Span));
    }
}
