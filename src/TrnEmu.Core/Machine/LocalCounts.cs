using TrnEmu.Core.Isa;

namespace TrnEmu.Core.Machine;

/// <summary>
/// What the bodies of loops have signalled before the last barrier. There semaphores return to 0; in a straight program
/// they go on counting, and waits have to count from there.
/// </summary>
internal sealed class LocalCounts
{
    private readonly Dictionary<Semaphore, int> _before = [];
    private readonly Dictionary<Semaphore, int> _since = [];

    /// <summary>A barrier.</summary>
    public void Reset()
    {
        foreach (var (semaphore, amount) in _since) _before[semaphore] = _before.GetValueOrDefault(semaphore) + amount;
        _since.Clear();
    }

    /// <summary>An entry of a body with the values that its waits have in a straight program.</summary>
    public Entry Absolute(in Entry entry)
    {
        foreach (var signal in entry.Signals.Span)
            _since[signal.Semaphore] = _since.GetValueOrDefault(signal.Semaphore) + signal.Amount;
        if (entry.Waits.Count == 0) return entry;
        var waits = entry.Waits.Span.ToArray();
        foreach (ref var wait in waits.AsSpan())
            wait = wait with { Value = wait.Value + _before.GetValueOrDefault(wait.Semaphore) };
        return entry with { Waits = [.. waits] };
    }
}
