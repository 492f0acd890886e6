using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Compiler.Passes.Scheduling;

/// <summary>
/// List scheduling of a stretch of program: whenever an engine is free it takes, of the entries whose dependences and
/// operands are there and for which there is room, the one with the longest path of costs behind it and program order
/// where that is equal; or the first in program order. DMA engines are one resource that transfers hold in turn; one is
/// triggered when the DMA engines can take it up soon, not before, so that what turns out to be more urgent does not
/// queue behind it.
/// </summary>
internal sealed class ListOrder
{
    private const int Engines = (int)Engine.Sync + 1;
    private readonly DependenceGraph _graph;
    private readonly Piece[] _pieces;
    private readonly RoomKeeper _room;
    private readonly long[] _priorities;
    private readonly long[] _ready;
    private readonly int[] _left;
    private readonly bool[] _hasGone;
    private readonly int[] _nodes;
    private readonly Lane[] _lanes;
    private readonly long[] _free = new long[Engines];
    private readonly byte[] _tables = new byte[Engines];
    private readonly List<int> _order = [];
    private readonly Stack<int> _joins = new();
    private long _dmaFree;
    private long _dmaAhead;

    private ListOrder(DependenceGraph graph, Piece[] pieces, RoomKeeper room, ListRule rule)
    {
        (_graph, _pieces, _room) = (graph, pieces, room);
        _priorities = rule == ListRule.LongestPath ? Priorities(graph, pieces) : new long[graph.Count];
        _ready = new long[graph.Count];
        _left = new int[graph.Count];
        _hasGone = new bool[graph.Count];
        _nodes = new int[pieces.Length];
        _lanes = [.. Enumerable.Range(0, 2 * Engines).Select(_ => new Lane(this))];
    }

    /// <summary>See <see cref="RoomKeeper.Version"/>.</summary>
    public int RoomVersion => _room.Version;

    /// <summary>The entries of a stretch in the order in which they shall stand.</summary>
    public static IReadOnlyList<int> Of(DependenceGraph graph, Piece[] pieces, RoomKeeper room, ListRule rule)
    {
        var order = new ListOrder(graph, pieces, room, rule);
        order.Run();
        return order._order;
    }

    /// <summary>The entry stands in the order.</summary>
    public bool HasGone(int node) => _hasGone[node];

    /// <summary>The longest path of costs from its start to the end; 0 where that does not count.</summary>
    public long PriorityOf(int node) => _priorities[node];

    /// <summary>What it costs.</summary>
    public OperationCost CostOf(int node) => PieceOf(node).Cost;

    /// <summary>The time that it would take now to load its table set.</summary>
    public long TableLoadOf(int node)
    {
        ref readonly var piece = ref PieceOf(node);
        return piece.Cost.Table == 0 || piece.Cost.Table == _tables[(int)piece.Engine] ? 0 : piece.Cost.TableLoad;
    }

    /// <summary>Puts an entry next, if there is room for it; it starts at the given time.</summary>
    public bool TryIssue(int node, long time)
    {
        if (!_room.TryGo(_graph.EntryOf(node))) return false;
        ref readonly var piece = ref PieceOf(node);
        var (engine, load) = ((int)piece.Engine, TableLoadOf(node));
        if (piece.Cost.Table != 0) _tables[engine] = piece.Cost.Table;
        var free = _free[engine] = time + load + piece.Cost.Occupancy;
        var end = time + load + piece.Cost.Latency;
        if (piece.IsDma)
        {
            end = Math.Max(time, _dmaFree) + piece.Cost.Latency;
            _dmaFree = Math.Max(time, _dmaFree) + piece.Cost.Transfer;
            _dmaAhead = piece.Cost.Latency;
        }

        _order.Add(_graph.EntryOf(node));
        Release(node, free, end);
        return true;
    }

    private void Run()
    {
        for (var node = 0; node < _graph.Count; node++)
        {
            _left[node] = _graph.Predecessors(node).Length;
            if (_graph.EntryOf(node) >= 0) _nodes[_graph.EntryOf(node)] = node;
            if (_left[node] == 0) Offer(node);
        }

        while (_order.Count < _pieces.Length)
        {
            var (lane, start) = Earliest();
            if (lane is null) Force(_nodes[_room.Frontier]);
            else lane.TryIssue(start);
        }
    }

    /// <summary>The lane that can start an entry first.</summary>
    private (Lane? Lane, long Start) Earliest()
    {
        (Lane? Lane, long Start) earliest = (null, long.MaxValue);
        for (var i = 0; i < _lanes.Length; i++)
        {
            if (_lanes[i].RefusedAt == _room.Version) continue;
            var free = i < Engines ? _free[i] : Math.Max(_free[i - Engines], _dmaFree - _dmaAhead);
            if (_lanes[i].Start(free) is { } start && start < earliest.Start) earliest = (_lanes[i], start);
        }

        return earliest;
    }

    /// <summary>Without room for anything else, the first entry in program order goes: it always can.</summary>
    private void Force(int node) => TryIssue(node, Math.Max(_free[(int)PieceOf(node).Engine], _ready[node]));

    private void Release(int node, long free, long end)
    {
        _hasGone[node] = true;
        Release(node, node, free, end);
        while (_joins.TryPop(out var join)) Release(join, node: -1, _ready[join], _ready[join]);
    }

    private void Release(int from, int node, long free, long end)
    {
        foreach (var edge in _graph.Successors(from))
        {
            var next = Edge.Node(edge);
            var isInOrder = node >= 0 && IsInOrder(node, edge);
            _ready[next] = Math.Max(_ready[next], isInOrder ? free : end);
            if (--_left[next] > 0) continue;
            if (_graph.EntryOf(next) < 0) _joins.Push(next);
            else Offer(next);
        }
    }

    private void Offer(int node)
    {
        ref readonly var piece = ref PieceOf(node);
        _lanes[(int)piece.Engine + (piece.IsDma ? Engines : 0)].Add(node, _ready[node]);
    }

    private bool IsInOrder(int node, int edge) => IsInOrder(_graph, _pieces, node, edge);

    private ref readonly Piece PieceOf(int node) => ref _pieces[_graph.EntryOf(node)];

    /// <summary>True when the engine that both are of keeps them apart: no completion has to be waited for.</summary>
    private static bool IsInOrder(DependenceGraph graph, Piece[] pieces, int node, int edge)
    {
        var (first, second) = (graph.EntryOf(node), graph.EntryOf(Edge.Node(edge)));
        if (first < 0 || second < 0 || Edge.IsData(edge)) return false;
        return !pieces[first].IsDma && !pieces[second].IsDma && pieces[first].Engine == pieces[second].Engine;
    }

    private static long[] Priorities(DependenceGraph graph, Piece[] pieces)
    {
        var priorities = new long[graph.Count];
        for (var node = graph.Count - 1; node >= 0; node--)
        {
            var cost = graph.EntryOf(node) < 0 ? default : pieces[graph.EntryOf(node)].Cost;
            var longest = cost.Latency;
            foreach (var edge in graph.Successors(node))
            {
                var step = IsInOrder(graph, pieces, node, edge) ? cost.Occupancy : cost.Latency;
                longest = Math.Max(longest, step + priorities[Edge.Node(edge)]);
            }

            priorities[node] = longest;
        }

        return priorities;
    }
}

/// <summary>What the order has to know about an entry.</summary>
/// <param name="Engine">Who executes or triggers it.</param>
/// <param name="IsDma">It moves data by DMA.</param>
/// <param name="Cost">What it costs.</param>
internal readonly record struct Piece(Engine Engine, bool IsDma, OperationCost Cost);
