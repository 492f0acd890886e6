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
        Program program, Binding binding, Chip chip, IExecutionObserver? observer, int threads, Arithmetic? arithmetic)
    {
        _program = program;
        _observer = observer;
        _cores = [.. program.Cores.Select((_, core) => new CoreState(program, binding, chip, threads, arithmetic, core))];
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
    /// <exception cref="TrnException">A fault of the emulated machine.</exception>
    public static ExecutionPath Run(
        Program program, Binding binding, Chip chip, IExecutionObserver? observer = null, int threads = 1,
        Arithmetic? arithmetic = null, long maxIterations = ExecutionPath.DefaultMaxIterations)
    {
        var pass = new FunctionPass(program, binding, chip, observer, threads, arithmetic);
        foreach (var core in pass._cores) core.Loops.Limit(maxIterations);
        while (!pass.IsDone)
        {
            var progress = false;
            for (var core = 0; core < pass._cores.Length; core++) progress |= pass.RunUntilWait(core);
            if (!progress) throw pass.Stuck();
        }

        return new ExecutionPath([.. pass._cores.Select(c => c.Loops.Path)]);
    }

    private bool IsDone => Enumerable.Range(0, _next.Length).All(c => _next[c] >= _program.Cores[c].Entries.Count);

    private bool RunUntilWait(int core)
    {
        var entries = _program.Cores[core].Entries.Span;
        var state = _cores[core];
        var progress = false;
        ref var i = ref _next[core];
        while (i < entries.Length && CanStart(entries[i]))
        {
            ref readonly var entry = ref entries[i];
            state.Current = entry;
            state.Next = i + 1;
            _observer?.BeforeExecute(core, i, entry, state);
            var isInLoop = state.Loops.Depth > 0;
            state.Execute(entry);
            foreach (var signal in entry.Signals.Span) Signal(signal, isInLoop ? _local[core] : null);
            if (isInLoop && entry.Operation is IControlFlow) ResetLocal(core);
            i = state.Next;
            progress = true;
        }

        return progress;
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
        var wait = entry.Waits.First(w => _semaphores.GetValueOrDefault(w.Semaphore) < w.Value);
        return new TrnException(FailureKind.Fault, Diagnostic.Error(
            FaultCodes.Deadlock,
            FormattableString.Invariant($"{entry.Operation.Info.Name} waits for semaphore s{wait.Semaphore.Number} to reach {wait.Value}, ")
            + FormattableString.Invariant($"it is {_semaphores.GetValueOrDefault(wait.Semaphore)} and nothing that comes before signals it"),
            entry.Operation.Span));
    }
}
