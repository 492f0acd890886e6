using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;

namespace TrnEmu.Core.Dependences;

/// <summary>
/// The order in which function executes a program's entries: each core runs until a wait does not hold, then the next,
/// in a fixed order. Loops are gone through once, or along the path that function took. After a deadlock the rest follows core by core.
/// </summary>
public static class ProgramOrder
{
    /// <summary>Core and index of every entry, or of every one on a path.</summary>
    public static IEnumerable<(int Core, int Index)> Of(Program program, ExecutionPath? path = null)
    {
        var walkers = path is null or { IsStraight: true }
            ? null : program.Cores.Select((c, i) => PathWalker.Along(c.Entries, path[i])).ToArray();
        var next = new int[program.Cores.Count];
        var semaphores = new Dictionary<Semaphore, int>();
        var isStuck = false;
        while (true)
        {
            var progress = false;
            for (var core = 0; core < next.Length; core++)
            {
                var entries = program.Cores[core].Entries;
                while (next[core] < entries.Count && (isStuck || Holds(entries[next[core]], semaphores)))
                {
                    foreach (var signal in entries[next[core]].Signals.Span)
                        semaphores[signal.Semaphore] = semaphores.GetValueOrDefault(signal.Semaphore) + signal.Amount;
                    progress = true;
                    yield return (core, next[core]);
                    next[core] = walkers?[core].After(next[core], out _) ?? next[core] + 1;
                }
            }

            if (isStuck) yield break;
            isStuck = !progress;
        }
    }

    private static bool Holds(in Entry entry, Dictionary<Semaphore, int> semaphores)
    {
        foreach (var wait in entry.Waits.Span)
        {
            if (semaphores.GetValueOrDefault(wait.Semaphore) < wait.Value) return false;
        }

        return true;
    }
}
