using TrnEmu.Compiler.Graph;

namespace TrnEmu.Reports;

/// <summary>What a node of a model takes of a run.</summary>
/// <param name="Node">The node.</param>
/// <param name="Kernel">Folder of the kernel that computes it; empty for what is another view of its operand.</param>
/// <param name="Time">
/// Picoseconds by which the run ends later for it: from the end of all nodes before it to its own, 0 where it ends
/// before them. The times of all nodes add up to the run's.
/// </param>
/// <param name="Bytes">Bytes that its transfers read from HBM and write there.</param>
/// <param name="Operations">Its operations.</param>
public sealed record NodeUse(GraphNode Node, string Kernel, long Time, long Bytes, int Operations)
{
    /// <summary>The nodes of a run in the order of the graph; none where it is no model's, or only function ran.</summary>
    public static IReadOnlyList<NodeUse> Of(RunResult result)
    {
        if (result.Graph is not { } graph || result.Timed is not { } timed) return [];
        var ends = new long[graph.Nodes.Count + 1];
        var (bytes, operations) = (new long[ends.Length], new int[ends.Length]);
        var lowerings = Emulator.Lowerings;
        var moved = timed.HbmBytesOfEntries();
        var id = 0;
        for (var core = 0; core < result.Executed.Cores.Count; core++)
        {
            var entryEnd = timed.Timeline.Cores[core].EntryEnd.Span;
            var entries = result.Executed.Cores[core].Entries.Span;
            for (var i = 0; i < entries.Length; i++, id++)
            {
                var span = entries[i].Operation.Span;
                ends[span.Node] = Math.Max(ends[span.Node], entryEnd[i]);
                bytes[span.Node] += moved[id];
                operations[span.Node]++;
            }
        }

        var uses = new List<NodeUse>();
        var end = ends[0];
        for (var n = 1; n < ends.Length; n++)
        {
            var time = Math.Max(0, ends[n] - end);
            end += time;
            uses.Add(new NodeUse(graph.Nodes[n - 1], operations[n] > 0 ? lowerings[graph.Nodes[n - 1].Op].Folder : "", time, bytes[n], operations[n]));
        }

        return uses;
    }
}
