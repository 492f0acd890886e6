using TrnEmu.Compiler.Importers.Onnx.Proto;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>Types and shapes of the model's inputs, symbolic dimensions being fixed by options and given
/// inputs.</summary>
internal sealed class ModelInputs
{
    private const int MaxRank = 8;
    private readonly string _file;
    private readonly OnnxOptions _options;
    private readonly Dictionary<string, int> _symbols = [];
    private readonly List<Diagnostic> _findings = [];

    public ModelInputs(GraphProto graph, string file, OnnxOptions options)
    {
        (_file, _options) = (file, options);
        var initializers = graph.Initializer.Select(i => i.Name).ToHashSet();
        var ports = graph.Input.Where(i => !initializers.Contains(i.Name)).ToList();
        foreach (var name in options.Inputs.Keys.Where(n => ports.TrueForAll(p => p.Name != n)))
            Report(OnnxCodes.Input, $"there is no input {name}, expected one of {string.Join(", ", ports.Select(p => OnnxErrors.Shown(p.Name)))}");
        CheckSymbols(ports);
        foreach (var port in ports) Learn(port);
        List = [.. ports.Select(Port)];
        TrnException.ThrowIfErrors(FailureKind.BadInput, _findings);
    }

    /// <summary>Inputs of the model.</summary>
    public IReadOnlyList<ModelPort> List { get; }

    private void CheckSymbols(List<ValueInfoProto> ports)
    {
        var known = ports.SelectMany(p => Dims(p).Select((d, i) => Symbol(p, d, i))).ToHashSet();
        foreach (var (name, size) in _options.Dims)
        {
            if (!known.Contains(name)) Report(
                OnnxCodes.Dimension, $"there is no dimension {name}, expected one of {string.Join(", ", known.Where(k => k is not null))}");
            else if (size < 0) Report(OnnxCodes.Dimension, $"dimension {name} is {size}, expected 0 or more");
            else _symbols[name] = size;
        }
    }

    private void Learn(ValueInfoProto port)
    {
        var dims = Dims(port);
        if (!_options.Inputs.TryGetValue(port.Name, out var given) || port.Type?.TensorType?.Shape is null) return;
        var shape = given.Shape.Count == dims.Count + 1 ? given.Shape.Skip(1).ToArray() : [.. given.Shape];
        if (shape.Length != dims.Count)
        {
            Report(OnnxCodes.Input, $"input {port.Name} has rank {given.Shape.Count}, expected {dims.Count}");
            return;
        }

        for (var d = 0; d < dims.Count; d++)
        {
            if (Symbol(port, dims[d], d) is not { } symbol) continue;
            if (_symbols.TryGetValue(symbol, out var other) && other != shape[d])
                Report(OnnxCodes.Dimension, $"dimension {symbol} is {other}, but {shape[d]} in the given input {port.Name}");
            _symbols[symbol] = shape[d];
        }
    }

    private ModelPort Port(ValueInfoProto port)
    {
        var name = OnnxErrors.Shown(port.Name);
        if (port.Type?.TensorType is not { } tensor || !((OnnxType)tensor.ElemType).IsKnown())
        {
            Report(OnnxCodes.Input, $"input {name} is no tensor of a supported type: {((OnnxType)(port.Type?.TensorType?.ElemType ?? 0)).Name()}");
            return new ModelPort(port.Name, OnnxType.Float, [], null);
        }

        if (tensor.Shape is null && _options.Inputs.TryGetValue(port.Name, out var given))
            return new ModelPort(port.Name, (OnnxType)tensor.ElemType, given.Shape, null);
        if (tensor.Shape is null) Report(OnnxCodes.Dimension, $"input {name} has no shape: give --input {name}=FILE.npy");
        var dims = Dims(port);
        if (dims.Count > MaxRank) Report(OnnxCodes.Input, $"input {name} has rank {dims.Count}, limit {MaxRank}");
        return new ModelPort(port.Name, (OnnxType)tensor.ElemType, [.. dims.Select((d, i) => Extent(port, d, i))], null);
    }

    private int Extent(ValueInfoProto port, ShapeProto.Types.Dimension dim, int axis)
    {
        if (Symbol(port, dim, axis) is { } symbol)
        {
            if (_symbols.TryGetValue(symbol, out var size)) return size;
            Report(OnnxCodes.Dimension,
                $"dimension {axis} of input {OnnxErrors.Shown(port.Name)} is {OnnxErrors.Shown(symbol)}: give --dim {OnnxErrors.Shown(symbol)}=N");
            return 1;
        }

        if (dim.DimValue is >= 0 and <= int.MaxValue) return (int)dim.DimValue;
        Report(OnnxCodes.Input, $"dimension {axis} of input {OnnxErrors.Shown(port.Name)} is {dim.DimValue}, expected 0 to {int.MaxValue}");
        return 1;
    }

    /// <summary>Name of a dimension that has no number: the file's, else x.0 for axis 0 of x.</summary>
    private static string? Symbol(ValueInfoProto port, ShapeProto.Types.Dimension dim, int axis) => dim.ValueCase switch
    {
        ShapeProto.Types.Dimension.ValueOneofCase.DimValue => null,
        ShapeProto.Types.Dimension.ValueOneofCase.DimParam when dim.DimParam.Length > 0 => dim.DimParam,
        _ => FormattableString.Invariant($"{port.Name}.{axis}"),
    };

    private static IReadOnlyList<ShapeProto.Types.Dimension> Dims(ValueInfoProto port) =>
        (IReadOnlyList<ShapeProto.Types.Dimension>?)port.Type?.TensorType?.Shape?.Dim ?? [];

    private void Report(DiagnosticCode code, FormattableString message) =>
        _findings.AddRange(OnnxErrors.Bad(_file, code, message).Diagnostics);
}
