using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>Puts the model together from what was emitted: only nodes that an output needs, the constants that they
/// read, and where the model's inputs and outputs are.</summary>
internal sealed class ModelAssembly(
    string file, Emitter emit, HostEmitter host, IReadOnlyDictionary<string, double[]> fixedValues)
{
    /// <summary>The model.</summary>
    public ImportedModel Build(IReadOnlyList<ModelPort> inputs, IReadOnlyList<(string Name, Value Value)> outputs)
    {
        var finals = outputs.Select(o => Final(o.Value)).ToArray();
        var (before, after) = (Needed(host.Before, finals), Needed(host.After, finals));
        var read = finals.Concat(after.SelectMany(n => n.Inputs)).Where(o => o.Kind == HostKind.Tensor)
            .Select(o => o.Name).Distinct().ToArray();
        var model = Graph(read);
        var used = model.Graph.Tensors.Where(t => t.Role == GraphRole.Input).Select(t => t.Name).ToHashSet();
        var byInput = emit.Inputs.Where(i => i.Value.Input is not null && used.Contains(i.Key))
            .ToDictionary(i => i.Value.Input!, i => i.Key);
        return new ImportedModel
        {
            Model = model,
            Before = new HostGraph(before),
            After = new HostGraph(after),
            Inputs = [.. inputs.Select(i => i with { Tensor = byInput.GetValueOrDefault(i.Name) })],
            Outputs = [.. outputs.Zip(finals, (o, f) => new ModelPort(
                o.Name, o.Value.Type, o.Value.Shape,
                f.Kind == HostKind.Tensor ? f.Name : f.Kind == HostKind.Input ? byInput.GetValueOrDefault(f.Name) : null))],
            File = file,
            Fed = used.ToDictionary(t => t, t => Fed(emit.Inputs[t])),
            Finals = finals,
            Fixed = fixedValues,
        };
    }

    private HostOperand Final(Value value) => host.Operand(value);

    private static HostOperand Fed(Value value) => value.Input is { } input
        ? new HostOperand(HostKind.Input, input, value.Type, value.Shape)
        : new HostOperand(HostKind.Step, value.Host!.Name, value.Type, value.Shape);

    /// <summary>Steps that an output or our graph needs.</summary>
    private List<HostNode> Needed(IReadOnlyList<HostNode> nodes, HostOperand[] finals)
    {
        var names = finals.Concat(host.After.SelectMany(n => n.Inputs)).Where(o => o.Kind == HostKind.Step)
            .Select(o => o.Name).Concat(emit.HostInputs.Keys).ToHashSet();
        var needed = new List<HostNode>();
        foreach (var node in nodes.Reverse())
        {
            if (!names.Contains(node.Output)) continue;
            needed.Add(node);
            foreach (var operand in node.Inputs) names.Add(operand.Name);
        }

        needed.Reverse();
        return needed;
    }

    private Model Graph(string[] outputs)
    {
        var live = outputs.ToHashSet();
        var nodes = new List<EmittedNode>();
        foreach (var node in emit.Nodes.Reverse())
        {
            if (!live.Contains(node.Output)) continue;
            nodes.Add(node);
            live.UnionWith(node.Inputs);
        }

        nodes.Reverse();
        var builder = new GraphBuilder { Span = new SourceSpan(file, 0) };
        var constants = new Dictionary<string, byte[]>();
        foreach (var name in emit.Inputs.Keys.Where(live.Contains)) builder.Declare(name, emit.TypeOf(name), GraphRole.Input);
        foreach (var (name, value) in emit.Constants.Where(c => live.Contains(c.Key)))
        {
            builder.Declare(name, emit.TypeOf(name), GraphRole.Constant);
            constants.Add(name, Emitter.Bytes(value));
        }

        foreach (var node in nodes) builder.Add(node.Output, node.Op, node.Inputs, node.Attributes, node.Source);
        foreach (var name in outputs) builder.Output(name);
        return new Model(builder.Build(), constants);
    }
}
