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
    private readonly Dictionary<(int Core, int Producer), Semaphore> _semaphores = [];
    private readonly int[] _next = new int[recording.CoreCount];

    /// <summary>The consumer, a later entry of the core, waits for the producer.</summary>
    public void Add(int core, long consumer, long producer)
    {
        var entries = recording.EntriesOf(core);
        if (producer < 0 || consumer >= entries.Length || producer >= consumer) return;
        for (var i = (int)producer; i <= consumer; i++)
        {
            if (entries[i].Operation is IControlFlow) return;
        }

        var (early, late) = (entries[(int)producer], entries[(int)consumer]);
        var amount = early.Operation.Info.Attribute.IsDma ? Limits.DmaEngines : 1;
        if (!_semaphores.TryGetValue((core, (int)producer), out var semaphore))
        {
            semaphore = new Semaphore(core, _next[core]++);
            _semaphores.Add((core, (int)producer), semaphore);
            recording.Replace(core, (int)producer, early with { Signals = [.. early.Signals, new Signal(semaphore, amount)] });
        }

        var wait = new Wait(semaphore, amount);
        if (!late.Waits.Contains(wait)) recording.Replace(core, (int)consumer, late with { Waits = [.. late.Waits, wait] });
    }
}
