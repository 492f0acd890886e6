using Google.Protobuf.Collections;
using TrnEmu.Compiler.Importers.Onnx.Proto;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>Imports nodes one after another, functions of the model in place of the nodes that call them, and collects
/// what cannot be compiled.</summary>
internal sealed class NodeImport(
    ModelProto model, string file, Emitter emit, HostEmitter host, TensorReader tensors)
{
    private const int MaxDepth = 32;
    private const int MaxNodes = 1 << 20;
    private const int FirstOpset = 7;
    private const int LastOpset = 27;
    private readonly List<Diagnostic> _findings = [];
    private readonly Dictionary<(string, string, string), FunctionProto> _functions = Functions(model);
    private int _depth;
    private int _count;

    /// <summary>Nodes that cannot be compiled.</summary>
    public IReadOnlyList<Diagnostic> Findings => _findings;

    /// <summary>Versions by domain.</summary>
    public static Dictionary<string, long> Opsets(IEnumerable<OperatorSetProto> imports)
    {
        var opsets = new Dictionary<string, long>();
        foreach (var import in imports) opsets[Domain(import.Domain)] = import.Version;
        return opsets;
    }

    /// <summary>Adds the constants of a graph.</summary>
    public void AddInitializers(GraphProto graph, Scope scope)
    {
        if (graph.SparseInitializer.Count > 0)
            throw OnnxErrors.Bad(file, OnnxCodes.Tensor, $"has sparse constants, which are not supported");
        foreach (var tensor in graph.Initializer) Add(scope, tensor.Name, Constant(tensor, tensor.Name));
    }

    /// <summary>Imports nodes in order.</summary>
    public void Run(RepeatedField<NodeProto> nodes, Scope scope, Dictionary<string, long> opsets, Bindings? bindings = null)
    {
        if (++_depth > MaxDepth) throw OnnxErrors.Bad(file, OnnxCodes.Graph, $"functions call each other {MaxDepth} deep");
        foreach (var node in nodes)
        {
            if (++_count > MaxNodes) throw OnnxErrors.Bad(file, OnnxCodes.Graph, $"has more than {MaxNodes} nodes");
            var outputs = Import(node, scope, opsets, bindings);
            for (var i = 0; i < node.Output.Count; i++)
            {
                if (node.Output[i].Length > 0) Add(scope, node.Output[i], outputs?[i]);
            }
        }

        _depth--;
    }

    /// <summary>A value by name.</summary>
    public Value? Find(string name, Scope scope) => scope.TryFind(name, out var value)
        ? value : throw OnnxErrors.Bad(
            file, OnnxCodes.Graph, $"{OnnxErrors.Shown(name)} is read, but no earlier node, input or constant makes it");

    private Value?[]? Import(NodeProto node, Scope scope, Dictionary<string, long> opsets, Bindings? bindings)
    {
        var inputs = node.Input.Select(i => i.Length == 0 ? (Known: true, Value: null) : (Known: false, Value: Find(i, scope)))
            .ToArray();
        var isReady = inputs.All(i => i.Known || i.Value is not null);
        var attributes = Bindings.Resolve(node, bindings);
        if (_functions.TryGetValue((Domain(node.Domain), node.OpType, node.Overload), out var function))
            return isReady ? Call(function, node, [.. inputs.Select(i => i.Value)], attributes) : null;
        if (node is { OpType: "If", Domain: "" or "ai.onnx" } && isReady)
            return Branch(node, inputs[0].Value, attributes, scope, opsets, bindings);
        var importer = OnnxOps.Find(node.Domain, node.OpType);
        if (importer is null) Report(node, $"there is no importer of this operation");
        if (importer is null || !isReady) return null;
        var opset = opsets.GetValueOrDefault(Domain(node.Domain), node.Domain.Length > 0 ? 1 : 0);
        if (Domain(node.Domain).Length == 0 && opset is < FirstOpset or > LastOpset)
        {
            Report(node, $"opset is {opset}, expected {FirstOpset} to {LastOpset}");
            return null;
        }

        var call = new OnnxNode(node, [.. inputs.Select(i => i.Value)], attributes, opset, emit, host, tensors);
        return Made(importer, call, node);
    }

    private Value?[]? Made(Action<OnnxNode> importer, OnnxNode call, NodeProto node)
    {
        emit.Source = OnnxErrors.Shown($"{call.Name}: {node.OpType}").Replace('#', '_');
        var sources = call.All.SelectMany(v => v.Sources).Distinct().ToArray();
        try
        {
            importer(call);
            for (var i = 0; i < node.Output.Count; i++)
            {
                if (call.Wants(i) && call.Outputs[i] is null) throw new OnnxRefusal($"result {i} is not computed");
            }

            return [.. call.Outputs.Select(o => o is null ? null : o with { Sources = sources })];
        }
        catch (OnnxRefusal refusal)
        {
            Report(node, $"{refusal.Message}");
        }
        catch (StaticNeeded needed)
        {
            throw new StaticNeeded(needed.Inputs, $"{Who(node)}: {needed.Message}");
        }
        catch (Exception e) when (
            e is ArithmeticException or IndexOutOfRangeException or ArgumentException or InvalidOperationException)
        {
            Report(node, $"its operands and attributes do not fit together");
        }

        return null;
    }

    private Value?[] Call(
        FunctionProto function, NodeProto node, Value?[] inputs, Dictionary<string, AttributeProto> attributes)
    {
        var scope = new Scope(null);
        for (var i = 0; i < function.Input.Count; i++)
        {
            if (i < inputs.Length && inputs[i] is { } value) Add(scope, function.Input[i], value);
        }

        Run(function.Node, scope, Opsets(function.OpsetImport), new Bindings(function, attributes));
        return [.. node.Output.Select((o, i) => o.Length > 0 && i < function.Output.Count ? Find(function.Output[i], scope) : null)];
    }

    private Value?[]? Branch(
        NodeProto node, Value? condition, Dictionary<string, AttributeProto> attributes, Scope scope,
        Dictionary<string, long> opsets, Bindings? bindings)
    {
        if (condition is null) Report(node, $"the condition is missing");
        else if (condition.Constant is null && condition.Sources.Count > 0)
            throw new StaticNeeded(condition.Sources, $"{Who(node)}: the condition depends on values of inputs");
        if (condition?.Constant is not { Count: 1 } data) return null;
        var branch = attributes.GetValueOrDefault(data.Values[0] != 0 ? "then_branch" : "else_branch")?.G;
        if (branch is null || branch.Output.Count != node.Output.Count)
        {
            Report(node, $"the branch that is taken is missing or has another number of results");
            return null;
        }

        var inner = new Scope(scope);
        AddInitializers(branch, inner);
        Run(branch.Node, inner, opsets, bindings);
        return [.. branch.Output.Select(o => Find(o.Name, inner))];
    }

    private Value Constant(TensorProto tensor, string name)
    {
        var (type, shape, data) = tensors.Read(tensor, name);
        emit.Grant(16L * data.Count);
        return emit.Known(type, shape, data) with { Hint = name };
    }

    private void Add(Scope scope, string name, Value? value)
    {
        if (!scope.TryAdd(name, value))
            throw OnnxErrors.Bad(file, OnnxCodes.Graph, $"the name {OnnxErrors.Shown(name)} is made twice");
    }

    private void Report(NodeProto node, FormattableString problem) => _findings.AddRange(OnnxErrors.Bad(
        file, OnnxCodes.Node, $"{Who(node)}: {FormattableString.Invariant(problem)}").Diagnostics);

    private static string Who(NodeProto node)
    {
        var op = node.Domain.Length > 0 ? $"{node.Domain}.{node.OpType}" : node.OpType;
        var name = node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(o => o.Length > 0) ?? "";
        return $"node {OnnxErrors.Shown(name)} ({OnnxErrors.Shown(op)})";
    }

    private static string Domain(string domain) => domain == "ai.onnx" ? "" : domain;

    private static Dictionary<(string, string, string), FunctionProto> Functions(ModelProto model)
    {
        var all = new Dictionary<(string, string, string), FunctionProto>();
        foreach (var function in model.Functions) all[(Domain(function.Domain), function.Name, function.Overload)] = function;
        return all;
    }
}
