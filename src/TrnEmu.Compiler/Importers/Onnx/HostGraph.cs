using TrnEmu.Compiler.Graph;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>Steps that the host takes before or after the chip runs: types that no memory of the chip
/// holds.</summary>
/// <param name="Nodes">The steps in order.</param>
public sealed record HostGraph(IReadOnlyList<HostNode> Nodes);

/// <summary>Where a step of the host reads.</summary>
public enum HostKind
{
    /// <summary>Values that are known.</summary>
    Constant,

    /// <summary>An input of the model.</summary>
    Input,

    /// <summary>A result of an earlier step.</summary>
    Step,

    /// <summary>An output of our graph.</summary>
    Tensor,
}

/// <summary>Operand of a step of the host.</summary>
/// <param name="Kind">What the name means.</param>
/// <param name="Name">Input, step or tensor; empty for constants.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Extents.</param>
/// <param name="Values">Values of a constant.</param>
public sealed record HostOperand(
    HostKind Kind, string Name, OnnxType Type, IReadOnlyList<int> Shape, double[]? Values = null);

/// <summary>A step of the host.</summary>
/// <param name="Op">cast, quantize, dequantize, reshape or transpose.</param>
/// <param name="Inputs">Operands in order.</param>
/// <param name="Output">Name of the result.</param>
/// <param name="Type">Type of the result.</param>
/// <param name="Shape">Extents of the result.</param>
/// <param name="Attributes">Axis, block size, rounding and the like.</param>
/// <param name="Source">Name and op of the ONNX node.</param>
public sealed record HostNode(
    string Op, IReadOnlyList<HostOperand> Inputs, string Output, OnnxType Type, IReadOnlyList<int> Shape,
    IReadOnlyList<GraphAttribute> Attributes, string Source);
