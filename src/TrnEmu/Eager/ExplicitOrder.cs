using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;

namespace TrnEmu.Eager;

/// <summary>
/// Orders that the user asks for: a semaphore of its own for each operation that others wait for, as waits and signals
/// that the passes keep. Across the barriers of a loop everything is ordered already.
/// </summary>
internal sealed class ExplicitOrder(ProgramRecording recording)
{
    private readonly Dictionary<Operation, Semaphore> _semaphores = new(ReferenceEqualityComparer.Instance);
    private readonly List<int>[] _issued = [.. Enumerable.Range(0, recording.CoreCount).Select(_ => new List<int>())];
    private readonly int[] _next = new int[recording.CoreCount];

    /// <summary>The next operation is issued; gives its number.</summary>
    public int Issue(int core)
    {
        _issued[core].Add(-1);
        return _issued[core].Count - 1;
    }

    /// <summary>An operation that was issued is this recorded entry.</summary>
    public void Recorded(int core, int issued, int index) => _issued[core][issued] = index;

    /// <summary>The consumer waits for the producer; both by their numbers among the operations that were issued.</summary>
    public void Add(int core, long consumer, long producer)
    {
        if (producer < 0 || consumer >= _issued[core].Count || producer >= consumer) return;
        var (first, last) = (_issued[core][(int)producer], _issued[core][(int)consumer]);
        var entries = recording.EntriesOf(core);
        if (first < 0 || last >= entries.Length || first >= last) return;
        for (var i = first; i <= last; i++)
        {
            if (entries[i].Operation is IControlFlow) return;
        }

        var (early, late) = (entries[first], entries[last]);
        var amount = early.Operation.Info.Attribute.IsDma ? Limits.DmaEngines : 1;
        if (!_semaphores.TryGetValue(early.Operation, out var semaphore))
        {
            semaphore = new Semaphore(core, _next[core]++);
            _semaphores.Add(early.Operation, semaphore);
            recording.Replace(core, first, early with { Signals = [.. early.Signals, new Signal(semaphore, amount)] });
        }

        var wait = new Wait(semaphore, amount);
        if (!late.Waits.Contains(wait)) recording.Replace(core, last, late with { Waits = [.. late.Waits, wait] });
    }
}
