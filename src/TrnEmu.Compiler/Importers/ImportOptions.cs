using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers;

/// <summary>Types that a model is given as it is read.</summary>
/// <param name="DType">Type of what the file declares fp32: activations, caches, and weights but for those
/// below.</param>
/// <param name="Weights">Type of the matrices of the layers.</param>
public sealed record ImportOptions(DType DType, DType Weights);
