using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Machine;

/// <summary>
/// The way that function took through a program: of each core its loops in the order in which they were entered, nested
/// ones once for each time. With it, time and checks follow the program without looking at data.
/// </summary>
/// <param name="cores">Of each core, the loops that it entered.</param>
public sealed class ExecutionPath(IReadOnlyList<IReadOnlyList<LoopTrips>> cores)
{
    /// <summary>Iterations that a run may have, unless the user says otherwise.</summary>
    public const long DefaultMaxIterations = 1_000_000;

    /// <summary>True when no core entered a loop: the program is executed from its first entry to its last.</summary>
    public bool IsStraight => cores.All(c => c.Count == 0);

    /// <summary>The loops that a core entered, in order.</summary>
    public IReadOnlyList<LoopTrips> this[int core] => cores[core];

    /// <summary>
    /// The path of a program whose loops have integers for bounds; null where a register decides, so that only
    /// executing tells.
    /// </summary>
    /// <exception cref="Diagnostics.TrnException">TRN3005: more iterations than the limit.</exception>
    public static ExecutionPath? Static(Program program, long maxIterations = DefaultMaxIterations)
    {
        var cores = new List<LoopTrips>[program.Cores.Count];
        for (var core = 0; core < cores.Length; core++)
        {
            Entry[] loops = [.. program.Cores[core].Entries.Where(e => e.Operation is IControlFlow)];
            if (loops.Any(e => e.Operation is WhileLoop or Loop { IsStatic: false })) return null;
            var trips = static (Operation o, int _) => Trips((Loop)o);
            cores[core] = Follow(EquatableArray.Create<Entry>(loops), trips, new IterationBudget(maxIterations));
        }

        return new ExecutionPath(cores);
    }

    /// <summary>
    /// A path for comparing programs without executing them: an outermost loop has four iterations, one in it two,
    /// others one; fewer where their bounds are integers that say so.
    /// </summary>
    public static ExecutionPath Short(Program program)
    {
        var cores = new List<LoopTrips>[program.Cores.Count];
        for (var core = 0; core < cores.Length; core++)
        {
            Entry[] loops = [.. program.Cores[core].Entries.Where(e => e.Operation is IControlFlow)];
            cores[core] = Follow(EquatableArray.Create<Entry>(loops), Few, new IterationBudget(long.MaxValue));
        }

        return new ExecutionPath(cores);
    }

    /// <summary>True when a program has loops.</summary>
    public static bool IsNeeded(Program program) =>
        program.Cores.Any(c => c.Entries.Any(e => e.Operation is IControlFlow));

    private static LoopTrips Trips(Loop loop) =>
        new(loop.Start.Value, Loop.Iterations(loop.Start.Value, loop.Stop.Value, loop.Step));

    private static LoopTrips Few(Operation operation, int loopsAround)
    {
        var few = loopsAround switch { 0 => 4, 1 => 2, _ => 1 };
        if (operation is not Loop { IsStatic: true } loop) return new LoopTrips(0, few);
        var trips = Trips(loop);
        return trips with { Trips = Math.Min(few, trips.Trips) };
    }

    /// <summary>Goes from loop to loop; what stands between them decides nothing.</summary>
    private static List<LoopTrips> Follow(
        EquatableArray<Entry> loops, Func<Operation, int, LoopTrips> trips, IterationBudget budget)
    {
        var path = new List<LoopTrips>();
        PathWalker? walker = null;
        walker = new PathWalker(loops, operation =>
        {
            path.Add(trips(operation, walker!.Depth));
            return path[^1];
        });
        for (var i = 0; i < loops.Count;)
        {
            i = walker.After(i, out var began);
            if (began is { } iteration) budget.Spend(iteration.Loop, iteration.Number);
        }

        return path;
    }
}

/// <summary>A loop as it was entered once.</summary>
/// <param name="Start">The first i; 0 for a while_loop.</param>
/// <param name="Trips">Iterations.</param>
public readonly record struct LoopTrips(int Start, long Trips);
