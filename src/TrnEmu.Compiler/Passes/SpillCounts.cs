namespace TrnEmu.Compiler.Passes;

/// <summary>What the compiler moves to HBM and back because SBUF is too small.</summary>
/// <param name="Tensors">Tensors that are moved.</param>
/// <param name="Stores">DMA to HBM.</param>
/// <param name="Loads">DMA back.</param>
/// <param name="Bytes">Bytes that all of these move.</param>
public readonly record struct SpillCounts(int Tensors, int Stores, int Loads, long Bytes)
{
    /// <summary>Both together.</summary>
    public static SpillCounts operator +(SpillCounts a, SpillCounts b) =>
        new(a.Tensors + b.Tensors, a.Stores + b.Stores, a.Loads + b.Loads, a.Bytes + b.Bytes);

    /// <summary>Both together.</summary>
    public static SpillCounts Add(SpillCounts a, SpillCounts b) => a + b;
}
