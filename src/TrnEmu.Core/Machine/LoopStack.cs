using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Core.Machine;

/// <summary>The loops that a core is in while function executes it, and those that it has been in.</summary>
internal sealed class LoopStack(CoreState core)
{
    private readonly List<Frame> _frames = [];
    private readonly List<LoopTrips> _path = [];
    private IterationBudget _budget = new(ExecutionPath.DefaultMaxIterations);
    private LoopEnds? _ends;

    /// <summary>Loops that the core is in.</summary>
    public int Depth => _frames.Count;

    /// <summary>Every loop that was entered, in order.</summary>
    public IReadOnlyList<LoopTrips> Path => _path;

    /// <summary>Sets how many iterations all loops of the core may have together.</summary>
    public void Limit(long maxIterations) => _budget = new IterationBudget(maxIterations);

    /// <summary>A counted loop begins.</summary>
    /// <exception cref="TrnException">TRN3005: more iterations than the limit.</exception>
    public void Begin(Loop loop, int start, int stop)
    {
        core[loop.I] = start;
        Enter(new Frame(loop, core.Next, start, Loop.Iterations(start, stop, loop.Step), _path.Count));
    }

    /// <summary>A loop begins that lasts as long as its condition.</summary>
    /// <exception cref="TrnException">TRN3005: more iterations than the limit.</exception>
    public void Begin(WhileLoop loop) =>
        Enter(new Frame(loop, core.Next, 0, core[loop.Condition] == 0 ? 0 : long.MaxValue, _path.Count));

    /// <summary>The body has run: goes back to its start for the next iteration, or on behind it.</summary>
    /// <exception cref="TrnException">
    /// TRN3005: more iterations than the limit; TRN2455: no loop has begun.
    /// </exception>
    public void EndIteration()
    {
        if (Depth == 0) throw new TrnException(FailureKind.BadInput, LoopEnds.WithoutLoop(core.Current.Operation));
        var frame = _frames[^1];
        var done = _path[frame.Path].Trips + 1;
        _path[frame.Path] = new LoopTrips(frame.Start, done);
        if (IsOver(frame, done))
        {
            _frames.RemoveAt(_frames.Count - 1);
            return;
        }

        _budget.Spend(frame.Loop, done + 1);
        if (frame.Loop is Loop loop) core[loop.I] = (int)(frame.Start + done * loop.Step);
        core.Next = frame.Body;
    }

    private LoopEnds Ends => _ends ??= new LoopEnds(core.Program.EntriesOf(core.Number));

    private void Enter(in Frame frame)
    {
        if (Ends.Findings.Count > 0) throw new TrnException(FailureKind.BadInput, Ends.Findings);
        _path.Add(new LoopTrips(frame.Start, 0));
        _budget.Spend(frame.Loop, Math.Min(frame.Trips, 1));
        if (frame.Trips > 0) _frames.Add(frame);
        else core.Next = Ends[frame.Body - 1] + 1;
    }

    private bool IsOver(in Frame frame, long done) =>
        frame.Loop is WhileLoop loop ? core[loop.Condition] == 0 : done == frame.Trips;

    /// <summary>A loop that the core is in.</summary>
    /// <param name="Loop">What began it.</param>
    /// <param name="Body">Index of its body's first entry.</param>
    /// <param name="Start">The first i.</param>
    /// <param name="Trips">Iterations of a counted loop.</param>
    /// <param name="Path">Its place in the path.</param>
    private readonly record struct Frame(Operation Loop, int Body, int Start, long Trips, int Path);
}
