using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Dependences;

/// <summary>Programs whose semaphores have been spoilt.</summary>
internal static class Damage
{
    public static IEnumerable<Program> EachWaitRemoved(Program program)
    {
        foreach (var (i, w) in Waits(program)) yield return Change(program, i, waits => waits.RemoveAt(w));
    }

    /// <summary>One wait is removed, or waits for less, more or another semaphore.</summary>
    public static Program One(Program program, Random random)
    {
        var waits = Waits(program).ToList();
        if (waits.Count == 0) return program;
        var (i, w) = waits[random.Next(waits.Count)];
        return Change(program, i, list =>
        {
            var (semaphore, value) = list[w];
            switch (random.Next(4))
            {
                case 0: list.RemoveAt(w); break;
                case 1: list[w] = new Wait(semaphore, value - 1); break;
                case 2: list[w] = new Wait(semaphore, Math.Max(1, value - 16)); break;
                default: list[w] = new Wait(semaphore with { Number = semaphore.Number ^ 1 }, value); break;
            }
        });
    }

    private static IEnumerable<(int Entry, int Wait)> Waits(Program program) =>
        program.Cores[0].Entries.SelectMany((e, i) => Enumerable.Range(0, e.Waits.Count).Select(w => (i, w)));

    private static Program Change(Program program, int entry, Action<List<Wait>> change)
    {
        var entries = program.Cores[0].Entries.ToArray();
        var waits = entries[entry].Waits.ToList();
        change(waits);
        entries[entry] = entries[entry] with { Waits = EquatableArray.Create<Wait>([.. waits]) };
        return RandomProgram.WithEntries(program, 0, entries);
    }
}
