using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Inference;

/// <summary>
/// Findings inside a kernel that a model uses stand at a line of the kernel and the number of a node; a note names that
/// node as the model does: <c>node 12 is /layer.0/MatMul</c>.
/// </summary>
internal static class NodeNotes
{
    /// <summary>Does some work; what stops it names its nodes.</summary>
    /// <exception cref="TrnException">That of the work, with a note for each finding that has a node.</exception>
    public static T Named<T>(ModelGraph graph, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (TrnException e) when (e.Diagnostics.Any(d => Sources(graph, d).Any()))
        {
            throw new TrnException(e.Kind, [.. e.Diagnostics.Select(d => Of(graph, d))]);
        }
    }

    /// <summary>Does some work that has no result.</summary>
    /// <exception cref="TrnException">As above.</exception>
    public static void Named(ModelGraph graph, Action work) => Named(graph, () =>
    {
        work();
        return true;
    });

    /// <summary>The finding with a note for each node that it or its notes stand at.</summary>
    public static Diagnostic Of(ModelGraph graph, Diagnostic finding) => finding with
    {
        Notes = [.. finding.Notes, .. Sources(graph, finding).Select(s => new DiagnosticNote(SourceSpan.None, s))],
    };

    private static IEnumerable<string> Sources(ModelGraph graph, Diagnostic finding) =>
        finding.Notes.Select(n => n.Where.Node).Prepend(finding.Where.Node).Distinct()
            .Where(n => n > 0 && n <= graph.Nodes.Count)
            .Select(n => FormattableString.Invariant($"node {n} is {Name(graph.Nodes[n - 1])}"));

    private static string Name(GraphNode node) =>
        node.Source.Length > 0 ? node.Source : $"{node.Outputs[0]} = {node.Op}";
}
