using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Graph;

/// <summary>
/// Puts a graph together tensor by tensor and node by node, checks each as it comes and finds the types of results. All
/// findings are reported together by <see cref="Build"/>.
/// </summary>
public sealed class GraphBuilder
{
    private const int MaxRank = 8;
    private readonly Dictionary<string, GraphTensor> _tensors = [];
    private readonly List<string> _declared = [];
    private readonly List<string> _made = [];
    private readonly List<GraphNode> _nodes = [];
    private readonly List<Diagnostic> _findings = [];

    /// <summary>Results of nodes with findings: what uses them has nothing to say of its own.</summary>
    private readonly HashSet<string> _broken = [];

    /// <summary>Where what comes next is written.</summary>
    public SourceSpan Span { get; set; }

    /// <summary>Declares an input, a constant or a cache; returns its name.</summary>
    public string Declare(string name, TensorType type, GraphRole role)
    {
        if (!IsNew(name)) return name;
        var isSane = type.Shape.Count <= MaxRank && type.Shape.All(e => e >= 1)
            && type.Shape.Aggregate(1.0, (n, e) => n * e) <= int.MaxValue;
        if (isSane) Add(_declared, new GraphTensor(name, type, role));
        else Report(
            GraphCodes.Operand, $"{name} is {type}, expected up to {MaxRank} extents from 1 on, at most {int.MaxValue} elements");
        return name;
    }

    /// <summary>Adds a node; returns the name of its result.</summary>
    /// <param name="output">Name of the result, or of the cache that is updated.</param>
    /// <param name="op">Name of the operation.</param>
    /// <param name="inputs">Names of the operands in order; empty for one that is left out.</param>
    /// <param name="attributes">Attributes that differ from their defaults.</param>
    /// <param name="source">Part of the model, for messages.</param>
    public string Add(
        string output, string op, ReadOnlySpan<string> inputs, ReadOnlySpan<GraphAttribute> attributes = default,
        string source = "")
    {
        var node = new GraphNode(
            op, EquatableArray.Create(inputs), [output], EquatableArray.Create(attributes), source);
        var before = _findings.Count;
        if (node.Inputs.Any(_broken.Contains)) _broken.Add(output);
        else if (GraphOp.All.TryGetValue(op, out var declaration)) Add(node, declaration);
        else Report(GraphCodes.Name, $"there is no operation {op}, expected one of {GraphOp.Names}");
        if (_findings.Count > before) _broken.Add(output);
        return output;
    }

    /// <summary>Makes the result of a node an output of the graph.</summary>
    public void Output(string name)
    {
        if (_broken.Contains(name)) return;
        if (!_tensors.TryGetValue(name, out var tensor))
            Report(GraphCodes.Name, $"there is no tensor {name} to put out");
        else if (tensor.Role != GraphRole.Internal)
            Report(GraphCodes.Name, $"{name} is no result of a node, or is an output already");
        else
            _tensors[name] = tensor with { Role = GraphRole.Output };
    }

    /// <summary>Adds a finding of a reader.</summary>
    public void Report(DiagnosticCode code, string message) => _findings.Add(Diagnostic.Error(code, message, Span));

    /// <summary>The graph.</summary>
    /// <exception cref="TrnException">Everything that is wrong with it.</exception>
    public ModelGraph Build()
    {
        TrnException.ThrowIfErrors(FailureKind.BadInput, _findings);
        return new ModelGraph { Tensors = [.. _declared.Concat(_made).Select(n => _tensors[n])], Nodes = [.. _nodes] };
    }

    private void Add(GraphNode node, GraphOp op)
    {
        var before = _findings.Count;
        var call = new GraphCall(node, op, name => _tensors[name].Type, _findings, Span);
        CheckOperands(call);
        CheckAttributes(call);
        if (op.Updates is { } updated) CheckCache(call, updated);
        else IsNew(node.Outputs[0]);
        if (_findings.Count > before) return;
        if (op.Body.Infer(call) is not { } type) return;
        _nodes.Add(node);
        if (op.Updates is null) Add(_made, new GraphTensor(node.Outputs[0], type, GraphRole.Internal));
    }

    private void CheckOperands(GraphCall call)
    {
        var (op, inputs) = (call.Op, call.Node.Inputs);
        call.Require(
            op.Takes(inputs.Count) && inputs.Take(op.IsVariadic ? inputs.Count : op.Required).All(i => i.Length > 0),
            $"has {inputs.Count} operands, expected ({op.Parameters})");
        foreach (var name in inputs.Where(i => i.Length > 0 && !_tensors.ContainsKey(i)))
            Report(GraphCodes.Name, $"there is no tensor {name} before {call.Node.Outputs[0]} = {op.Name}");
    }

    private static void CheckAttributes(GraphCall call)
    {
        foreach (var own in call.Node.Attributes)
        {
            var isKnown = call.Op.Attributes.Any(a => a.Name == own.Name);
            call.Require(isKnown, $"has no attribute {own.Name}, expected {string.Join(", ", call.Op.Attributes)}");
            if (!isKnown) continue;

            // What must be given may be a word or a list: those the operation checks by itself.
            var isNumber = call.Op.Attributes.First(a => a.Name == own.Name).Number is not null;
            call.Require(!isNumber || own.Number is not null, $"attribute {own} is not a number");
        }

        foreach (var needed in call.Op.Attributes.Where(a => a.Word.Length == 0))
            call.Require(call.Node.Attributes.Any(a => a.Name == needed.Name), $"attribute {needed.Name} is missing");
    }

    private void CheckCache(GraphCall call, string updated)
    {
        var output = call.Node.Outputs[0];
        var isCache = call.Tensor(updated) == output && _tensors.TryGetValue(output, out var tensor)
            && tensor.Role == GraphRole.Cache;
        call.Require(isCache, $"updates its operand {updated} in place: the result must be that same cache");
    }

    private bool IsNew(string name)
    {
        if (_tensors.ContainsKey(name))
            Report(GraphCodes.Name, $"tensor {name} is there already");
        else if (!GraphNames.IsName(name))
            Report(GraphCodes.Name, $"\"{name}\" is no name: letters, digits, '_' and '.', not starting with a digit");
        else
            return true;
        return false;
    }

    private void Add(List<string> order, GraphTensor tensor)
    {
        _tensors.Add(tensor.Name, tensor);
        order.Add(tensor.Name);
    }
}
