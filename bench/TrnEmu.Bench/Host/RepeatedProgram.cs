using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Bench.Host;

/// <summary>
/// A program over and over again, each time with operations of its own and with semaphores that count on: as a program
/// with so many layers would lie in memory.
/// </summary>
internal static class RepeatedProgram
{
    /// <summary>The first <paramref name="operations"/> operations of as many repetitions as it takes.</summary>
    public static Program Of(Program program, int operations)
    {
        var once = program.Cores[0].Entries.Span;
        var step = SignalledOnce(once);
        var entries = new Entry[operations];
        for (var i = 0; i < operations; i++)
        {
            var (round, at) = Math.DivRem(i, once.Length);
            var entry = once[at];
            var waits = new Wait[entry.Waits.Count];
            for (var w = 0; w < waits.Length; w++)
            {
                var wait = entry.Waits[w];
                waits[w] = wait with { Value = wait.Value + round * step[wait.Semaphore] };
            }

            entries[i] = entry with
            {
                Operation = entry.Operation with { },
                Waits = EquatableArray.Create<Wait>(waits),
                Signals = EquatableArray.Create(entry.Signals.Span),
            };
        }

        return program with { Cores = [new CoreProgram { Entries = EquatableArray.Create<Entry>(entries) }] };
    }

    private static Dictionary<Semaphore, int> SignalledOnce(ReadOnlySpan<Entry> once)
    {
        var amounts = new Dictionary<Semaphore, int>();
        foreach (ref readonly var entry in once)
        {
            foreach (var signal in entry.Signals)
                amounts[signal.Semaphore] = amounts.GetValueOrDefault(signal.Semaphore) + signal.Amount;
        }

        return amounts;
    }
}
