using TrnEmu.Core.Isa;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Reports.Lanes;

/// <summary>
/// Slices as boxes to draw; where there are too many, neighbours within a stretch of time that is too short to see
/// become one box.
/// </summary>
internal sealed class BoxSink : ISliceSink
{
    private readonly FlatStream _stream;
    private readonly long _grain;
    private readonly Dictionary<(Lane Lane, int Row), List<Box>> _rows = [];

    /// <summary>Draws a run in about that many boxes at most.</summary>
    public BoxSink(TimedRun run, int most)
    {
        _stream = run.Stream;
        var lanes = run.Timeline.Cores.Count * (2 * FlatStream.LanesPerCore) + _stream.TransferQueues;
        var slices = 2L * _stream.EngineInstructions + _stream.TransferCount;
        // Two boxes that follow each other in a row are longer than the grain, or they would be one.
        _grain = slices <= most ? 0 : 2L * lanes * run.Timeline.Elapsed / most + 1;
    }

    /// <summary>The rows by core, engines first, and what they show.</summary>
    public IEnumerable<(Lane Lane, int Row, IReadOnlyList<Box> Boxes)> Rows => _rows
        .OrderBy(r => r.Key.Lane.Core).ThenBy(r => r.Key.Lane.Place).ThenBy(r => r.Key.Row)
        .Select(r => (r.Key.Lane, r.Key.Row, (IReadOnlyList<Box>)r.Value));

    /// <inheritdoc/>
    public void OnShare(int core, int entry, long bytes, long start, long end)
    {
    }

    /// <inheritdoc/>
    public void OnSlice(in Slice slice)
    {
        if (!_rows.TryGetValue((slice.Lane, slice.Row), out var boxes)) _rows.Add((slice.Lane, slice.Row), boxes = []);
        var operation = _stream.EntryAt(slice.Lane.Core, slice.Entry).Operation;
        var box = new Box(slice.Start, slice.End, NameOf(slice, operation), operation.Span.ToString(), 1, slice.End - slice.Start, slice.IsWait);
        if (boxes.Count > 0 && box.End - boxes[^1].Start <= _grain) boxes[^1] = boxes[^1].With(box);
        else boxes.Add(box);
    }

    private static string NameOf(in Slice slice, Operation operation)
    {
        if (slice.IsWait) return $"waits for {(slice.Cause == Engine.None ? "DMA" : slice.Cause.Title())}, to do {operation.Info.Name}";
        return slice.Lane.Kind == LaneKind.Loads ? $"load_stationary of {operation.Info.Name}" : operation.Info.Name;
    }
}

/// <summary>A box of a timeline.</summary>
/// <param name="Start">Start in picoseconds.</param>
/// <param name="End">End.</param>
/// <param name="Name">What it shows; empty for several kinds.</param>
/// <param name="Place">Source line; empty for none or several.</param>
/// <param name="Count">Slices in it.</param>
/// <param name="Filled">Picoseconds of it that slices fill: of work where there is any, else of waits.</param>
/// <param name="IsWait">Nothing but waits.</param>
internal readonly record struct Box(long Start, long End, string Name, string Place, int Count, long Filled, bool IsWait)
{
    /// <summary>The two as one; work hides waits.</summary>
    public Box With(in Box next)
    {
        if (IsWait != next.IsWait)
        {
            var (work, other) = IsWait ? (next, this) : (this, next);
            return work with { Start = Math.Min(work.Start, other.Start), End = Math.Max(work.End, other.End) };
        }

        return new Box(
            Math.Min(Start, next.Start), Math.Max(End, next.End), Name == next.Name ? Name : "", Place == next.Place ? Place : "",
            Count + next.Count, Filled + next.Filled, IsWait);
    }
}
