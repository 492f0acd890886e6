using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph;

/// <summary>Element type and extents of a tensor of a graph.</summary>
/// <param name="DType">Type of the elements.</param>
/// <param name="Shape">Extents, outermost first, each at least 1; none for one number.</param>
public readonly record struct TensorType(DType DType, EquatableArray<int> Shape)
{
    /// <summary>Number of elements.</summary>
    public long Elements => Shape.Aggregate(1L, (n, extent) => n * extent);

    /// <summary>Bytes of all elements.</summary>
    public long Bytes => Elements * DType.Size();

    /// <summary>True for two dimensions: rows and columns.</summary>
    public bool IsMatrix => Shape.Count == 2;

    /// <summary>Extent of dimension 0.</summary>
    public int Rows => Shape[0];

    /// <summary>Extent of the last dimension.</summary>
    public int Columns => Shape[^1];

    /// <summary><c>fp32[1,64]</c>.</summary>
    public override string ToString() => $"{DType.Name()}[{string.Join(',', Shape)}]";
}
