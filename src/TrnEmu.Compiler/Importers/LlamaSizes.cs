namespace TrnEmu.Compiler.Importers;

/// <summary>What distinguishes one model of the Llama family from another.</summary>
/// <param name="Dim">Width of the activations.</param>
/// <param name="Hidden">Width inside the MLP.</param>
/// <param name="Layers">Layers.</param>
/// <param name="Heads">Heads of queries.</param>
/// <param name="KvHeads">Heads of keys and values.</param>
/// <param name="HeadSize">Width of a head.</param>
/// <param name="Vocabulary">Tokens.</param>
/// <param name="Positions">Longest sequence.</param>
internal sealed record LlamaSizes(
    int Dim, int Hidden, int Layers, int Heads, int KvHeads, int HeadSize, int Vocabulary, int Positions)
{
    /// <summary>What is added to the mean of squares; 1e-5 in every llama2.c model.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>The products that make queries, keys and values add a vector.</summary>
    public bool HasInputBiases { get; init; }

    /// <summary>So does the product after attention.</summary>
    public bool HasOutputBias { get; init; }

    /// <summary>Width of the queries of a position.</summary>
    public int QueryDim => Heads * HeadSize;

    /// <summary>Width of the keys and of the values of a position.</summary>
    public int KvDim => KvHeads * HeadSize;

    /// <summary>Pairs of a head that are rotated.</summary>
    public int Pairs => HeadSize / 2;
}
