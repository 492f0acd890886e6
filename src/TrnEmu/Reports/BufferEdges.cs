using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Sim.Attribution;

namespace TrnEmu.Reports;

/// <summary>
/// Where the critical path waits only for a buffer: how often, for whom, and where that is in the source.
/// </summary>
/// <param name="Waiting">The engine that waits, or that triggers the transfer that waits.</param>
/// <param name="Releasing">The engine that is done with the buffer; None for DMA.</param>
/// <param name="Place">Operation and line that released it most often.</param>
/// <param name="Loads">Of the waits, those of loads.</param>
/// <param name="Count">All of them.</param>
internal sealed record BufferEdges(Engine Waiting, Engine Releasing, string Place, int Loads, int Count)
{
    /// <summary>The kinds of such waits, most frequent first.</summary>
    public static BufferEdges[] Of(PathSummary path, Program program)
    {
        var waits = new BufferWaits(program);
        var found = new List<(Engine Waiting, Engine Releasing, (string, SourceSpan) Place, bool IsLoad)>();
        for (var i = 1; i < path.Path.Count - 1; i++)
        {
            var hop = path.Path[i];
            if (hop.Kind is not (PathKind.Semaphore or PathKind.DmaSemaphore)) continue;
            var (before, after) = (path.Path[i - 1], path.Path[i + 1]);
            if (!waits.IsBuffer(before.Operation, after.Operation)) continue;
            var releasing = hop.Kind == PathKind.Semaphore ? before.Engine : Engine.None;
            found.Add((after.Engine, releasing, (before.Operation.Info.Name, before.Operation.Span with { Node = 0 }),
                path.KeyOf(i + 1).Direction == Direction.Load));
        }

        return
        [
            .. found.GroupBy(f => (f.Waiting, f.Releasing))
                .Select(g => new BufferEdges(
                    g.Key.Waiting, g.Key.Releasing, Most(g.Select(f => f.Place)), g.Count(f => f.IsLoad), g.Count()))
                .OrderByDescending(e => e.Count),
        ];
    }

    private static string Most(IEnumerable<(string Name, SourceSpan Where)> places)
    {
        var (name, where) = places.GroupBy(p => p).MaxBy(g => g.Count())!.Key;
        return PathSummary.PlaceOf(name, where);
    }
}
