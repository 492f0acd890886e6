using TrnEmu.Compiler.Importers.Onnx.Proto;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>One pass over the nodes of a model, from its inputs to its outputs.</summary>
internal sealed class GraphImport
{
    private readonly ModelProto _model;
    private readonly string _file;
    private readonly OnnxOptions _options;
    private readonly IReadOnlySet<string> _fixed;
    private readonly Emitter _emit;
    private readonly HostEmitter _host;
    private readonly TensorReader _tensors;
    private readonly Dictionary<string, double[]> _fixedValues = [];

    public GraphImport(ModelProto model, string file, OnnxOptions options, IReadOnlySet<string> known)
    {
        (_model, _file, _options, _fixed) = (model, file, options, known);
        _emit = new Emitter(options.DType);
        _host = new HostEmitter(_emit);
        _tensors = new TensorReader(file);
    }

    /// <summary>The model.</summary>
    /// <exception cref="TrnException">Everything that cannot be compiled.</exception>
    public ImportedModel Run()
    {
        var inputs = new ModelInputs(_model.Graph, _file, _options).List;
        var scope = new Scope(null);
        foreach (var port in inputs) Add(scope, port.Name, Input(port));
        var nodes = new NodeImport(_model, _file, _emit, _host, _tensors);
        nodes.AddInitializers(_model.Graph, scope);
        nodes.Run(_model.Graph.Node, scope, NodeImport.Opsets(_model.OpsetImport));
        TrnException.ThrowIfErrors(FailureKind.BadInput, nodes.Findings);
        var outputs = _model.Graph.Output.Select(o => (o.Name, Value: nodes.Find(o.Name, scope)!)).ToList();
        if (outputs.DistinctBy(o => o.Name).Count() != outputs.Count)
            throw OnnxErrors.Bad(_file, OnnxCodes.Graph, $"two outputs have one name");
        return new ModelAssembly(_file, _emit, _host, _fixedValues).Build(inputs, outputs);
    }

    private Value Input(ModelPort port)
    {
        int[] shape = [.. port.Shape];
        if (Shapes.Count(shape) == 0) return _emit.Constant(port.Type, shape, []);
        if (_fixed.Contains(port.Name)) return Given(port, shape);
        var value = new Value(port.Type, port.Type.Carrier(_options.DType) ?? default, shape)
        {
            Input = port.Name,
            Sources = [port.Name],
        };
        return port.Type.IsHostOnly() ? value : value with { Tensor = _emit.Unique(port.Name) };
    }

    private Value Given(ModelPort port, int[] shape)
    {
        if (!_options.Inputs.TryGetValue(port.Name, out var given)) throw OnnxErrors.Bad(
            _file, OnnxCodes.Static,
            $"values of input {OnnxErrors.Shown(port.Name)} decide shapes: give --input {OnnxErrors.Shown(port.Name)}=FILE.npy");
        if (!given.Shape.SequenceEqual(shape) || given.Values.Length != Shapes.Count(shape)) throw OnnxErrors.Bad(
            _file, OnnxCodes.Input,
            $"input {OnnxErrors.Shown(port.Name)} has shape [{string.Join(',', given.Shape)}], expected [{string.Join(',', shape)}]");
        _fixedValues[port.Name] = given.Values;
        return _emit.Constant(port.Type, shape, given.Values);
    }

    private void Add(Scope scope, string name, Value value)
    {
        if (!scope.TryAdd(name, value))
            throw OnnxErrors.Bad(_file, OnnxCodes.Graph, $"the name {OnnxErrors.Shown(name)} is made twice");
    }
}
