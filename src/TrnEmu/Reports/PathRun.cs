using TrnEmu.Sim.Attribution;

namespace TrnEmu.Reports;

/// <summary>
/// Stretches of the critical path that follow each other and are of one kind, engine and source line.
/// </summary>
/// <param name="First">The first of them.</param>
/// <param name="From">Its start.</param>
/// <param name="To">End of the last.</param>
/// <param name="Count">Number of them.</param>
internal readonly record struct PathRun(PathSegment First, long From, long To, int Count)
{
    /// <summary>A path in runs.</summary>
    public static List<PathRun> Of(IReadOnlyList<PathSegment> path)
    {
        var runs = new List<PathRun>();
        foreach (var segment in path)
        {
            if (runs.Count > 0 && runs[^1] is var last && IsSame(last.First, segment))
                runs[^1] = last with { To = segment.To, Count = last.Count + 1 };
            else runs.Add(new PathRun(segment, segment.From, segment.To, 1));
        }

        return runs;
    }

    private static bool IsSame(in PathSegment a, in PathSegment b) =>
        (a.Kind, a.Core, a.Engine, a.Queue) == (b.Kind, b.Core, b.Engine, b.Queue)
        && a.Operation.Span == b.Operation.Span && ReferenceEquals(a.Operation.Info, b.Operation.Info);
}
