using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>A value of the ONNX graph while it is imported: a constant, a tensor of our graph, or one of the
/// host.</summary>
/// <param name="Type">What ONNX says it is.</param>
/// <param name="DType">What carries it on the chip.</param>
/// <param name="Shape">Extents, from 0 on.</param>
internal sealed record Value(OnnxType Type, DType DType, int[] Shape)
{
    /// <summary>The values, when they are known.</summary>
    public ConstantData? Constant { get; init; }

    /// <summary>Name in our graph.</summary>
    public string? Tensor { get; init; }

    /// <summary>Name of the model's input that it is, unchanged.</summary>
    public string? Input { get; init; }

    /// <summary>Name on the host.</summary>
    public HostValue? Host { get; init; }

    /// <summary>Inputs of the model that it depends on.</summary>
    public IReadOnlyCollection<string> Sources { get; init; } = [];

    /// <summary>Name of a constant in the file.</summary>
    public string Hint { get; init; } = "";

    /// <summary>Number of dimensions.</summary>
    public int Rank => Shape.Length;

    /// <summary>Number of elements.</summary>
    public long Count => Shapes.Count(Shape);

    /// <summary>True for a tensor without elements, which is a constant.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary><c>float[2,3]</c>.</summary>
    public override string ToString() => $"{Type.Name()}[{string.Join(',', Shape)}]";
}

/// <summary>A value that the host computes.</summary>
/// <param name="Name">Unique among host values.</param>
/// <param name="IsAfter">True when it depends on results of the chip.</param>
internal sealed record HostValue(string Name, bool IsAfter);
