using TrnEmu.Compiler.Importers.Onnx.Proto;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>An input as an ONNX file declares it, before anything fixes its extents.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Type">As in the file.</param>
/// <param name="Extents">Null for each that the file leaves open; null altogether where it gives no rank.</param>
public sealed record DeclaredInput(string Name, OnnxType Type, IReadOnlyList<int?>? Extents)
{
    /// <summary>The inputs of a file, those left out that it has values for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dims">Extents that are given by name.</param>
    /// <exception cref="TrnException">It cannot be read or is no ONNX model.</exception>
    public static IReadOnlyList<DeclaredInput> Of(string path, IReadOnlyDictionary<string, int> dims)
    {
        var graph = Graph(path);
        var initializers = graph.Initializer.Select(i => i.Name).ToHashSet();
        return [.. graph.Input.Where(i => !initializers.Contains(i.Name)).Select(i => Of(i, dims))];
    }

    /// <summary>Names of the outputs of a file.</summary>
    /// <exception cref="TrnException">It cannot be read or is no ONNX model.</exception>
    public static IReadOnlyList<string> OutputsOf(string path) => [.. Graph(path).Output.Select(o => o.Name)];

    private static GraphProto Graph(string path) =>
        ModelFile.Read(path, stream => OnnxFile.Parse(stream, path).Graph);

    private static DeclaredInput Of(ValueInfoProto port, IReadOnlyDictionary<string, int> dims)
    {
        var tensor = port.Type?.TensorType;
        return new DeclaredInput(
            port.Name, (OnnxType)(tensor?.ElemType ?? 0),
            tensor?.Shape is { } shape ? [.. shape.Dim.Select(d => Extent(d, dims))] : null);
    }

    private static int? Extent(ShapeProto.Types.Dimension dim, IReadOnlyDictionary<string, int> dims) => dim.ValueCase switch
    {
        ShapeProto.Types.Dimension.ValueOneofCase.DimValue when dim.DimValue is >= 0 and <= int.MaxValue => (int)dim.DimValue,
        ShapeProto.Types.Dimension.ValueOneofCase.DimParam when dims.TryGetValue(dim.DimParam, out var size) => size,
        _ => null,
    };
}
