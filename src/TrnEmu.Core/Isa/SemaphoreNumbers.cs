using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Core.Isa;

/// <summary>Which semaphores a program uses.</summary>
public static class SemaphoreNumbers
{
    /// <summary>Of each core, the semaphores of its loops: those that an entry in a body uses.</summary>
    public static IReadOnlyList<Semaphore>[] OfLoops(Program program) =>
        [.. program.Cores.Select(core => OfLoops(core.Entries.Span))];

    private static List<Semaphore> OfLoops(ReadOnlySpan<Entry> entries)
    {
        var semaphores = new HashSet<Semaphore>();
        var depth = 0;
        foreach (ref readonly var entry in entries)
        {
            if (entry.Operation is IControlFlow control) depth += control.Nesting;
            if (depth == 0) continue;
            foreach (var wait in entry.Waits.Span) semaphores.Add(wait.Semaphore);
            foreach (var signal in entry.Signals.Span) semaphores.Add(signal.Semaphore);
        }

        return [.. semaphores];
    }

    /// <summary>The first number behind all semaphores of a core that the program names.</summary>
    public static int FirstFree(Program program, int core)
    {
        var next = 0;
        foreach (var other in program.Cores.Span)
        {
            foreach (ref readonly var entry in other.Entries.Span)
            {
                foreach (var wait in entry.Waits.Span) Use(wait.Semaphore);
                foreach (var signal in entry.Signals.Span) Use(signal.Semaphore);
            }
        }

        return next;

        void Use(Semaphore semaphore)
        {
            if (semaphore.Core == core) next = Math.Max(next, semaphore.Number + 1);
        }
    }
}
