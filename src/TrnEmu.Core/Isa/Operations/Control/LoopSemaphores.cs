using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Isa.Operations.Control;

/// <summary>
/// Checks the semaphores of one core's loops: a wait is for signals that come before it since the last barrier, nobody
/// outside of loops uses the semaphore, and what begins or ends a loop has neither waits nor signals.
/// </summary>
internal sealed class LoopSemaphores(Program program, int core)
{
    private readonly Dictionary<Semaphore, Entry> _outside = Outside(program, core);
    private readonly Dictionary<Semaphore, long> _signalled = [];
    private int _depth;

    /// <summary>Adds TRN2457 for each wait and signal that breaks the rule.</summary>
    public void Check(List<Diagnostic> findings)
    {
        foreach (ref readonly var entry in program.Cores[core].Entries.Span)
        {
            if (entry.Operation is IControlFlow control)
            {
                _depth += control.Nesting;
                _signalled.Clear();
                if (entry.Waits.Count + entry.Signals.Count > 0) findings.Add(OfControl(entry));
            }
            else if (_depth > 0)
            {
                CheckBody(entry, findings);
            }
        }
    }

    private void CheckBody(in Entry entry, List<Diagnostic> findings)
    {
        foreach (var wait in entry.Waits.Span)
        {
            var signalled = _signalled.GetValueOrDefault(wait.Semaphore);
            if (_outside.TryGetValue(wait.Semaphore, out var other))
                findings.Add(Shared(entry, wait.Semaphore, other));
            else if (signalled < wait.Value) findings.Add(Unreached(entry, wait, signalled));
        }

        foreach (var signal in entry.Signals.Span)
        {
            if (_outside.TryGetValue(signal.Semaphore, out var other))
                findings.Add(Shared(entry, signal.Semaphore, other));
            _signalled[signal.Semaphore] = _signalled.GetValueOrDefault(signal.Semaphore) + signal.Amount;
        }
    }

    /// <summary>An entry that uses each semaphore outside of this core's loops.</summary>
    private static Dictionary<Semaphore, Entry> Outside(Program program, int core)
    {
        var users = new Dictionary<Semaphore, Entry>();
        for (var other = 0; other < program.Cores.Count; other++)
        {
            var depth = 0;
            foreach (ref readonly var entry in program.Cores[other].Entries.Span)
            {
                if (entry.Operation is IControlFlow control) depth += control.Nesting;
                else if (other != core || depth == 0) Use(entry);
            }
        }

        return users;

        void Use(in Entry entry)
        {
            foreach (var wait in entry.Waits.Span) users.TryAdd(wait.Semaphore, entry);
            foreach (var signal in entry.Signals.Span) users.TryAdd(signal.Semaphore, entry);
        }
    }

    private static Diagnostic OfControl(in Entry entry) => Diagnostic.Error(
        LoopCodes.Semaphore, $"{entry.Operation.Info.Name} has waits or signals: as a barrier it takes the place of them",
        entry.Operation.Span);

    private static Diagnostic Shared(in Entry entry, Semaphore semaphore, in Entry other) => Diagnostic.Error(
        LoopCodes.Semaphore,
        $"{entry.Operation.Info.Name} uses semaphore {Name(semaphore)} in a loop, {other.Operation.Info.Name} outside of it",
        entry.Operation.Span,
        new DiagnosticNote(other.Operation.Span, $"{other.Operation.Info.Name} uses {Name(semaphore)} here"));

    private static Diagnostic Unreached(in Entry entry, in Wait wait, long signalled) => Diagnostic.Error(
        LoopCodes.Semaphore,
        FormattableString.Invariant($"{entry.Operation.Info.Name} waits for {Name(wait.Semaphore)} to reach {wait.Value}, ")
        + FormattableString.Invariant($"since the last barrier of the loop it is signalled {signalled} before that"),
        entry.Operation.Span);

    private static string Name(Semaphore semaphore) =>
        FormattableString.Invariant($"s{semaphore.Number} of core {semaphore.Core}");
}
