using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;

namespace TrnEmu.Core.Dependences;

/// <summary>
/// The order in which function executes a program's entries: each core runs until a wait does not hold, then the next,
/// in a fixed order. Loops are gone through once, or along the path that function took. A meeting is executed on all
/// cores together. After a deadlock the rest follows core by core.
/// </summary>
public static class ProgramOrder
{
    /// <summary>Core and index of every entry, or of every one on a path.</summary>
    public static IEnumerable<(int Core, int Index)> Of(Program program, ExecutionPath? path = null) =>
        program.Cores.Count == 1 && (path is null || path.IsStraight) ? OfOne(program) : OfSeveral(program, path);

    /// <summary>A core alone goes through its entries one by one, whether its waits hold or not.</summary>
    private static IEnumerable<(int Core, int Index)> OfOne(Program program)
    {
        for (var i = 0; i < program.Cores[0].Entries.Count; i++) yield return (0, i);
    }

    private static IEnumerable<(int Core, int Index)> OfSeveral(Program program, ExecutionPath? path)
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
                    var (first, end) = (core, core + 1);
                    if (!isStuck && entries[next[core]].Operation is IMeeting meeting)
                    {
                        if (!AllStandAt(meeting, program, next, semaphores)) break;
                        (first, end) = (0, next.Length);
                    }

                    progress = true;
                    for (var other = first; other < end; other++)
                    {
                        var index = next[other];
                        foreach (var signal in program.Cores[other].Entries[index].Signals.Span)
                            semaphores[signal.Semaphore] = semaphores.GetValueOrDefault(signal.Semaphore) + signal.Amount;
                        yield return (other, index);
                        next[other] = walkers?[other].After(index, out _) ?? index + 1;
                    }
                }
            }

            if (isStuck) yield break;
            isStuck = !progress;
        }
    }

    private static bool AllStandAt(IMeeting meeting, Program program, int[] next, Dictionary<Semaphore, int> semaphores)
    {
        if (!Meetings.IsComplete(program, next, meeting)) return false;
        for (var core = 0; core < next.Length; core++)
        {
            if (!Holds(program.Cores[core].Entries[next[core]], semaphores)) return false;
        }

        return true;
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
