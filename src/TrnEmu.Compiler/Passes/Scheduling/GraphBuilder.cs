using System.Runtime.InteropServices;
using TrnEmu.Core.Dependences;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Passes.Scheduling;

/// <summary>
/// Finds true, anti and output dependences between the entries of a core by their effects: tensors by themselves,
/// tensors with an address by bytes, engine state by name. An accumulation reads and writes, so sums keep their order.
/// HBM tensors that nobody writes give none.
/// </summary>
internal sealed class GraphBuilder(Program program, int core, bool[] isConstant)
{
    /// <summary>
    /// Longer lists of readers become one join, so that each of many partial writes does not wait for each of many
    /// readers.
    /// </summary>
    private const int MostReaders = 32;

    private readonly List<int> _edges = [];
    private readonly List<int> _marks = [];
    private readonly EffectSink _effects = new();
    private MemoryMaps<Accesses?> _memory = new(program);
    private Dictionary<EngineState, Accesses> _state = [];
    private DependenceGraph _graph = new();

    /// <summary>The dependences among the entries [first, end) of the core.</summary>
    public DependenceGraph Build(int first, int end)
    {
        (_graph, _state, _memory) = (new DependenceGraph(), [], new MemoryMaps<Accesses?>(program));
        _marks.Clear();
        for (var i = first; i < end; i++) Add(i - first, program.Cores[core].Entries.Span[i].Operation);
        _graph.Close();
        return _graph;
    }

    private void Add(int entry, Operation operation)
    {
        _effects.Clear();
        _edges.Clear();
        operation.Effects(_effects);
        Collect();
        var node = _graph.Add(entry, CollectionsMarshal.AsSpan(_edges));
        _marks.Add(-1);
        Record(node);
    }

    private void Collect()
    {
        foreach (ref readonly var effect in _effects.Memory)
        {
            if (isConstant[effect.Pattern.Tensor]) continue;
            var visitor = new Collector(this, effect.Kind);
            _memory.Apply(effect.Pattern, null, ref visitor);
        }

        foreach (var effect in _effects.State)
        {
            if (_state.TryGetValue(effect.State, out var past)) After(past, isRead: !effect.IsWrite, isData: false);
        }

        foreach (var edge in _edges) _marks[Edge.Node(edge)] = -1;
    }

    private void Record(int node)
    {
        // Reads first: what the node itself writes hides who read before it.
        foreach (var writes in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (ref readonly var effect in _effects.Memory)
            {
                if (effect.Writes != writes || isConstant[effect.Pattern.Tensor]) continue;
                var recorder = new Recorder(this, node, writes);
                _memory.Apply(effect.Pattern, null, ref recorder);
            }

            foreach (var effect in _effects.State)
            {
                if (effect.IsWrite != writes) continue;
                var past = _state.GetValueOrDefault(effect.State);
                _state[effect.State] = writes ? new Accesses(node, null) : Read(past, node);
            }
        }
    }

    /// <summary>Engines use their state in the order of issue, so that reading it is not reading data.</summary>
    private void After(Accesses past, bool isRead, bool isData)
    {
        if (past.Writer >= 0 && (isRead || past.Readers is null)) AddEdge(past.Writer, isData);
        if (isRead) return;
        for (var reader = past.Readers; reader is not null; reader = reader.Next) AddEdge(reader.Node, isData: false);
    }

    /// <summary>Adds an edge to the entry at hand, once for each node.</summary>
    private void AddEdge(int node, bool isData)
    {
        if (_marks[node] < 0)
        {
            _marks[node] = _edges.Count;
            _edges.Add(Edge.Of(node, isData));
        }
        else if (isData)
        {
            _edges[_marks[node]] = Edge.Of(node, isData: true);
        }
    }

    private Accesses Read(Accesses? past, int node)
    {
        if (past?.Readers?.Node == node) return past;
        var readers = new Readers(node, past?.Readers);
        if (readers.Count >= MostReaders) readers = new Readers(Join(readers), null);
        return new Accesses(past?.Writer ?? -1, readers);
    }

    private int Join(Readers readers)
    {
        _edges.Clear();
        for (var reader = readers; reader is not null; reader = reader.Next)
            _edges.Add(Edge.Of(reader.Node, isData: false));
        _marks.Add(-1);
        return _graph.Add(entry: -1, CollectionsMarshal.AsSpan(_edges));
    }

    private readonly struct Collector(GraphBuilder builder, AccessKind kind) : IAccessVisitor<Accesses?>
    {
        /// <inheritdoc/>
        public Accesses? Visit(in AccessRange part, Accesses? value)
        {
            if (value is not null) builder.After(value, kind == AccessKind.Read, isData: kind == AccessKind.Read);
            return value;
        }
    }

    private struct Recorder(GraphBuilder builder, int node, bool writes) : IAccessVisitor<Accesses?>
    {
        private readonly Accesses? _written = writes ? new Accesses(node, null) : null;
        private Accesses? _before;
        private Accesses? _after;

        /// <inheritdoc/>
        public Accesses? Visit(in AccessRange part, Accesses? value)
        {
            if (_written is not null) return _written;
            if (_after is null || !ReferenceEquals(value, _before))
                (_before, _after) = (value, builder.Read(value, node));
            return _after;
        }
    }
}
