using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;
using static TrnEmu.Tests.Compiler.Graph.Ops.OpCases;

namespace TrnEmu.Tests.Compiler.Graph.RandomGraphs;

/// <summary>
/// A random graph in the making. Every node is computed as it comes, once as the interpreter does and some times with an
/// error of the size that a kernel may make, of random signs or one sign, added to each result. What overflows,
/// vanishes or turns these errors into large ones is not taken, so that values stay tame however long the chain is.
/// </summary>
internal sealed class Draft
{
    private const int MostElements = 12_000;
    private readonly List<GraphNode> _nodes = [];
    private readonly Dictionary<string, Known> _known = [];
    private readonly Dictionary<string, Known> _waiting = [];
    private readonly List<string> _order = [];
    private int _names;

    public Draft(int seed)
    {
        Random = new Random(seed);
        Main = Random.Next(10) switch
        {
            < 4 => DType.Fp32,
            < 7 => DType.Bf16,
            7 => DType.Fp16,
            8 => DType.Tf32,
            _ => OneOf(Random, [DType.Fp8E4M3, DType.Fp8E4M3Fn, DType.Fp8E5M2]),
        };
    }

    /// <summary>What everything random is drawn from.</summary>
    public Random Random { get; }

    /// <summary>The float type of most tensors.</summary>
    public DType Main { get; }

    /// <summary>Nodes so far.</summary>
    public int Nodes => _nodes.Count;

    /// <summary>True when there is a node of one of these operations, or none is asked for.</summary>
    public bool Has(string[] ops) => ops.Length == 0 || _nodes.Any(n => ops.Contains(n.Op));

    /// <summary>Adds a node with what it needs before it, or nothing where its result is not tame.</summary>
    public void Try(Func<Draft, Known?> maker)
    {
        var (nodes, tensors) = (_nodes.Count, _order.Count);
        if (maker(this) is not null) return;
        _nodes.RemoveRange(nodes, _nodes.Count - nodes);
        foreach (var name in _order.Skip(tensors)) _known.Remove(name);
        _order.RemoveRange(tensors, _order.Count - tensors);
    }

    /// <summary>A tensor that nodes may take, later ones more often; null when none fits.</summary>
    public Known? Find(Func<Known, bool> fits)
    {
        var all = _order.Select(n => _known[n]).Where(fits).ToArray();
        return all.Length == 0 ? null : all[^(1 + Math.Min(Random.Next(all.Length), Random.Next(all.Length)))];
    }

    /// <summary>A tensor that fits, or sometimes a new one.</summary>
    public Known FindOr(Func<Known, bool> fits, Func<Known> make) =>
        (Random.Next(5) > 0 ? Find(fits) : null) ?? make();

    /// <summary>An input, constant or cache with values rounded to its type, declared when a node takes it.</summary>
    public Known Given(DType dtype, int[] shape, double[] values, GraphRole? role = null)
    {
        var part = role ?? (Random.Next(3) == 0 ? GraphRole.Constant : GraphRole.Input);
        var name = $"{part.ToString().ToLowerInvariant()}{_names++}";
        var held = GraphBytes.Decode(dtype, GraphBytes.Encode(dtype, values));
        return _waiting[name] = new Known(
            name, new TensorType(dtype, [.. shape]), IsExact: true, [.. Errors.Select(_ => (double[])held.Clone())]);
    }

    /// <summary>Adds a node if its result is tame; null when it is not.</summary>
    /// <param name="op">Name of the operation.</param>
    /// <param name="operands">Its operands; null for one that is left out.</param>
    /// <param name="rounding">How its kernel errs.</param>
    /// <param name="attributes">As the text form has them.</param>
    public Known? Add(string op, Known?[] operands, Rounding rounding, params string[] attributes)
    {
        var declaration = GraphOp.All[op];
        var output = declaration.Updates is null ? $"y{_names++}" : operands[0]!.Name;
        var given = attributes.Select(a => a.Split('=')).Select(a => new GraphAttribute(a[0], a[1])).ToArray();
        var node = new GraphNode(op, [.. operands.Select(o => o?.Name ?? "")], [output], [.. given], $"/{op}.{_nodes.Count}");
        var findings = new List<Diagnostic>();
        var types = operands.OfType<Known>().DistinctBy(o => o.Name).ToDictionary(o => o.Name, o => o.Type);
        var call = new GraphCall(node, declaration, name => types[name], findings);
        if (declaration.Body.Infer(call) is not { } type)
            throw new InvalidOperationException($"the test makes a wrong {op}: {string.Join("; ", findings)}");
        if (type.Elements > MostElements || type.Shape.Count > 8) return null;
        var isSame = rounding.IsExact && operands.OfType<Known>().All(o => o.IsExact);
        if (!isSame && type.DType.IsInteger()) return null;
        var result = new Known(output, type, isSame, Compute(call, type, operands, rounding));
        result = result with
        {
            LastError = rounding.IsExact
                ? operands.Max(o => o?.LastError ?? 0) : Error(type, rounding) * result.Largest,
        };
        return IsTame(result) ? Keep(node, result) : null;
    }

    /// <summary>The graph of all nodes; what no node takes is an output, and some of the others.</summary>
    public (ModelGraph Graph, IReadOnlyDictionary<string, Known> Known) Build()
    {
        var graph = new GraphBuilder();
        foreach (var name in _order.Where(n => !IsMade(n))) graph.Declare(name, _known[name].Type, RoleOf(name));
        foreach (var n in _nodes) graph.Add(n.Outputs[0], n.Op, n.Inputs.Span, n.Attributes.Span, n.Source);
        foreach (var name in _order.Where(IsMade))
            if (_nodes.All(n => !n.Inputs.Contains(name)) || Random.Next(4) == 0) graph.Output(name);
        return (graph.Build(), _known);
    }

    /// <summary>Runs: the interpreter's, some with errors of random signs, one with errors of either sign.</summary>
    private static readonly Func<Random, int>[] Errors =
        [_ => 0, .. Enumerable.Repeat<Func<Random, int>>(r => 2 * r.Next(2) - 1, 5), _ => 1, _ => -1];

    private double[][] Compute(GraphCall call, TensorType type, Known?[] operands, Rounding rounding)
    {
        var name = call.Node.Outputs[0];
        var error = Error(type, rounding);
        return [.. Errors.Select((sign, run) =>
        {
            var tensors = new Dictionary<string, double[]>();
            foreach (var o in operands.OfType<Known>())
                tensors[o.Name] = o.Type.DType.IsFloat() ? Relative(o.Runs[run], rounding.Inside, sign) : o.Runs[run];
            tensors[name] = tensors.TryGetValue(name, out var cache) ? (double[])cache.Clone() : new double[type.Elements];
            call.Op.Body.Evaluate(call, new NodeValues(call, tensors));
            var values = tensors[name];
            var size = error * values.Max(Math.Abs);
            for (var i = 0; i < values.Length && size > 0; i++) values[i] += sign(Random) * size;
            return values;
        })];
    }

    private static double Error(TensorType type, Rounding rounding) =>
        rounding.IsExact ? 0 : Math.Max(rounding.Result, Tolerance.Of(type.DType));

    private double[] Relative(double[] values, double error, Func<Random, int> sign) =>
        error == 0 ? values : Array.ConvertAll(values, v => v * (1 + sign(Random) * error));

    private static bool IsTame(Known result)
    {
        if (result.Type.DType.IsInteger()) return true;
        if (!result.Runs.All(r => Array.TrueForAll(r, double.IsFinite))) return false;
        var isNarrow = result.Type.DType.Size() == 1;
        var largest = result.Largest;
        return largest <= (isNarrow ? 200 : 10_000)
            && (result.IsExact || (largest >= (isNarrow ? 0.25 : 0.01) && result.Deviation <= 0.15 * largest));
    }

    private Known Keep(GraphNode node, Known result)
    {
        foreach (var name in node.Inputs.Where(_waiting.ContainsKey).Distinct().ToArray())
        {
            Remember(_waiting[name]);
            _waiting.Remove(name);
        }

        _nodes.Add(node);
        return Remember(result);
    }

    private static bool IsMade(string name) => name[0] == 'y';

    private static GraphRole RoleOf(string name) => name.StartsWith("constant", StringComparison.Ordinal)
        ? GraphRole.Constant : name.StartsWith("cache", StringComparison.Ordinal) ? GraphRole.Cache : GraphRole.Input;

    private Known Remember(Known known)
    {
        if (!_known.ContainsKey(known.Name)) _order.Add(known.Name);
        return _known[known.Name] = known;
    }
}
