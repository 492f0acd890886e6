using TrnEmu.Core.Dependences;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes;

/// <summary>
/// Who waits for whom, until all is known; then the numbers. Each core's semaphores come after those its program uses
/// already: one for each engine that somebody waits for, in the order of engines, then the slots of each DMA queue; then
/// the same for the bodies of loops, which share theirs.
/// </summary>
internal sealed class SemaphorePlan(Program program)
{
    private readonly CorePlan[] _cores =
        [.. program.Cores.Select((c, i) => new CorePlan(i, c.Entries, SemaphoreNumbers.FirstFree(program, i)))];

    /// <summary>Where the semaphores of a step count.</summary>
    public int ScopeOf(Step step) => _cores[step.Core].Scopes[step.Index];

    /// <summary>The step waits for the producer's completion.</summary>
    public void Wait(Step step, Step producer)
    {
        _cores[step.Core].Waits.Add(new PlannedWait(step.Index, producer.Core, producer.Index));
        if (!producer.IsDma) _cores[producer.Core].Signals[producer.Index] = 1;
    }

    /// <summary>The step is a DMA and signals a slot of its queue.</summary>
    public void SetDma(Step step, DmaSlot slot) => _cores[step.Core].Slots[step.Index] = slot;

    /// <summary>The program with all waits and signals.</summary>
    public Program Apply()
    {
        foreach (var core in _cores) core.Number();
        return program with { Cores = EquatableArray.Create<CoreProgram>([.. _cores.Select(Apply)]) };
    }

    private CoreProgram Apply(CorePlan core)
    {
        var entries = core.Entries.Span.ToArray();
        var next = 0;
        var waits = new List<Wait>();
        for (var i = 0; i < entries.Length; i++)
        {
            waits.Clear();
            for (; next < core.Waits.Count && core.Waits[next].Index == i; next++)
            {
                var (_, producerCore, producer) = core.Waits[next];
                var (semaphore, value) = _cores[producerCore].CompletionOf(producer);
                waits.Add(new Wait(semaphore, value));
            }

            ref var entry = ref entries[i];
            if (waits.Count > 0) entry = entry with { Waits = [.. entry.Waits.Span, .. InOrder(waits)] };
            if (core.SignalOf(i) is { } signal) entry = entry with { Signals = [.. entry.Signals.Span, signal] };
        }

        return new CoreProgram { Entries = EquatableArray.Create<Entry>(entries) };
    }

    private static List<Wait> InOrder(List<Wait> waits)
    {
        waits.Sort(static (a, b) =>
            (a.Semaphore.Core, a.Semaphore.Number).CompareTo((b.Semaphore.Core, b.Semaphore.Number)));
        return waits;
    }
}
