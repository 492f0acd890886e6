namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>Values of an ONNX tensor on the host.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Extents from 0 on; none for one number.</param>
/// <param name="Values">The elements in row-major order; those of 64 bits beyond 2^53 are rounded.</param>
public sealed record OnnxTensor(OnnxType Type, IReadOnlyList<int> Shape, double[] Values);
