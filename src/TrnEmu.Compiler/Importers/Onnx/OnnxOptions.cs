using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>What the user decides about an ONNX model.</summary>
/// <param name="DType">The type of tensors that the file declares float or double.</param>
/// <param name="Dims">Extents of symbolic dimensions by name (<c>--dim batch=2</c>).</param>
/// <param name="Inputs">
/// Values of inputs by name (<c>--input NAME=FILE.npy</c>): they fix symbolic dimensions, and stand in where the model
/// needs values to know shapes.
/// </param>
public sealed record OnnxOptions(
    DType DType, IReadOnlyDictionary<string, int> Dims, IReadOnlyDictionary<string, OnnxTensor> Inputs)
{
    /// <summary>No dimension and no input is given.</summary>
    public OnnxOptions(DType dtype)
        : this(dtype, new Dictionary<string, int>(), new Dictionary<string, OnnxTensor>())
    {
    }
}
