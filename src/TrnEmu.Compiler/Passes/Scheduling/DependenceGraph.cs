using System.Runtime.InteropServices;

namespace TrnEmu.Compiler.Passes.Scheduling;

/// <summary>
/// What must come after what among the entries of a stretch of program: a node for each entry, in program order, and
/// joins between them, which stand for "all of these". An edge goes from a node to a later one.
/// </summary>
internal sealed class DependenceGraph
{
    private readonly List<int> _entries = [];
    private readonly List<int> _edges = [];
    private readonly List<int> _ends = [];
    private int[] _successors = [];
    private int[] _successorEnds = [];

    /// <summary>Number of nodes.</summary>
    public int Count => _entries.Count;

    /// <summary>The entry of a node, counted from the start of the stretch; -1 for a join.</summary>
    public int EntryOf(int node) => _entries[node];

    /// <summary>Nodes that a node comes after, as <see cref="Edge"/> codes.</summary>
    public ReadOnlySpan<int> Predecessors(int node) =>
        CollectionsMarshal.AsSpan(_edges)[(node == 0 ? 0 : _ends[node - 1]).._ends[node]];

    /// <summary>Nodes that come after a node, as <see cref="Edge"/> codes.</summary>
    public ReadOnlySpan<int> Successors(int node) =>
        _successors.AsSpan((node == 0 ? 0 : _successorEnds[node - 1]).._successorEnds[node]);

    /// <summary>Adds a node with the edges that lead to it; edges of one node are distinct.</summary>
    public int Add(int entry, ReadOnlySpan<int> edges)
    {
        _entries.Add(entry);
        _edges.AddRange(edges);
        _ends.Add(_edges.Count);
        return Count - 1;
    }

    /// <summary>Makes <see cref="Successors"/> from the edges; to be called once, at the end.</summary>
    public void Close()
    {
        _successorEnds = new int[Count];
        _successors = new int[_edges.Count];
        foreach (var edge in _edges) _successorEnds[Edge.Node(edge)]++;
        for (var i = 1; i < Count; i++) _successorEnds[i] += _successorEnds[i - 1];
        for (var node = Count - 1; node >= 0; node--)
        {
            foreach (var edge in Predecessors(node))
                _successors[--_successorEnds[Edge.Node(edge)]] = Edge.Of(node, Edge.IsData(edge));
        }

        // Filling moved each end to its start: the next start is the end.
        for (var i = 0; i + 1 < Count; i++) _successorEnds[i] = _successorEnds[i + 1];
        if (Count > 0) _successorEnds[^1] = _successors.Length;
    }
}

/// <summary>
/// An edge as one integer: the node at its other end, and whether a plain read takes what the earlier one wrote. Others
/// are kept by the order of issue when both are of one engine.
/// </summary>
internal static class Edge
{
    /// <summary>Makes one.</summary>
    public static int Of(int node, bool isData) => node << 1 | (isData ? 1 : 0);

    /// <summary>The node at the other end.</summary>
    public static int Node(int edge) => edge >> 1;

    /// <summary>True when the later one reads what the earlier one wrote.</summary>
    public static bool IsData(int edge) => (edge & 1) != 0;
}
