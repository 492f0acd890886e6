namespace TrnEmu.Compiler.Importers.HuggingFace;

/// <summary>A tensor that a model needs, and what becomes of it.</summary>
/// <param name="Name">Name in the file.</param>
/// <param name="Shape">Extents in the file.</param>
/// <param name="Keep">Adds the constants that it becomes, from its elements in row-major order.</param>
internal sealed record ExpectedTensor(string Name, int[] Shape, KeepTensor Keep);

/// <summary>Adds the constants that a tensor becomes; the values are valid during the call.</summary>
internal delegate void KeepTensor(ConstantStore store, ReadOnlySpan<float> values);
