using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;

namespace TrnEmu.Core.Machine;

/// <summary>Goes along the entries of a core as function did, or would; knows how often each loop runs.</summary>
/// <param name="entries">The core's entries.</param>
/// <param name="enter">How often a loop runs that is entered now.</param>
internal sealed class PathWalker(EquatableArray<Entry> entries, Func<Operation, LoopTrips> enter)
{
    private readonly List<Frame> _frames = [];
    private LoopEnds? _ends;

    /// <summary>Loops around the entry.</summary>
    public int Depth => _frames.Count;

    /// <summary>Follows a recorded path.</summary>
    public static PathWalker Along(EquatableArray<Entry> entries, IReadOnlyList<LoopTrips> path)
    {
        var next = 0;
        return new PathWalker(entries, _ => path[next++]);
    }

    /// <summary>
    /// Goes from an entry to the one that is executed after it. <paramref name="began"/> is the iteration that begins
    /// with that, if one does, or the loop that is entered and has none.
    /// </summary>
    public int After(int index, out Iteration? began)
    {
        began = null;
        if (entries[index].Operation is not IControlFlow control) return index + 1;
        return control.Nesting > 0 ? Begin(index, out began) : End(index, out began);
    }

    private int Begin(int index, out Iteration? began)
    {
        var operation = entries[index].Operation;
        var (start, trips) = enter(operation);
        began = new Iteration(operation, Math.Min(trips, 1), start);
        if (trips == 0) return (_ends ??= new LoopEnds(entries.Span))[index] + 1;
        _frames.Add(new Frame(index, start, trips, 0));
        return index + 1;
    }

    private int End(int index, out Iteration? began)
    {
        var frame = _frames[^1] with { Done = _frames[^1].Done + 1 };
        began = null;
        if (frame.Done == frame.Trips)
        {
            _frames.RemoveAt(_frames.Count - 1);
            return index + 1;
        }

        _frames[^1] = frame;
        var operation = entries[frame.Begin].Operation;
        var value = operation is Loop loop ? (int)(frame.Start + frame.Done * loop.Step) : 0;
        began = new Iteration(operation, frame.Done + 1, value);
        return frame.Begin + 1;
    }

    private readonly record struct Frame(int Begin, int Start, long Trips, long Done);
}

/// <summary>An iteration of a loop.</summary>
/// <param name="Loop">What began the loop.</param>
/// <param name="Number">From 1; 0 when the loop has none.</param>
/// <param name="Value">What the register of a counted loop holds from now on.</param>
internal readonly record struct Iteration(Operation Loop, long Number, int Value)
{
    /// <summary>The register of a counted loop.</summary>
    public Register? Register => Loop is Loop counted ? counted.I : null;
}
