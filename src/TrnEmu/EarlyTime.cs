using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;

namespace TrnEmu;

/// <summary>
/// The time pass of a program whose way no data decide, beside its execution: time does not look at what function
/// computes, so neither changes the other. What the report asks for first, why it takes that long, is found as well.
/// </summary>
internal sealed class EarlyTime
{
    private readonly Task<(Program Straight, TimedRun Timed)> _task;

    private EarlyTime(Program program, Chip chip, RunOptions options) => _task = Task.Run(() =>
    {
        var straight = Unrolling.Unroll(program, ExecutionPath.Static(program, options.MaxIterations)!, options.MaxInstructions);
        var timed = TimedRun.Of(straight, chip);
        _ = timed.Attribution;
        return (straight, timed);
    });

    /// <summary>The program as it is executed, and its times; a fault of the time pass is thrown here.</summary>
    public (Program Straight, TimedRun Timed) Result => _task.GetAwaiter().GetResult();

    /// <summary>Starts; null where one pass alone is wanted, on one thread alone, or where execution tells the way.</summary>
    public static EarlyTime? Start(Program program, Chip chip, RunOptions options) =>
        options is { Function: true, Time: true, Threads: > 1 } && !ExecutionPath.IsNeeded(program)
            ? new EarlyTime(program, chip, options) : null;
}
