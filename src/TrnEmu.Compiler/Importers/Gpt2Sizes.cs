namespace TrnEmu.Compiler.Importers;

/// <summary>What distinguishes one model of the GPT-2 family from another.</summary>
/// <param name="Dim">Width of the activations.</param>
/// <param name="Hidden">Width inside the MLP.</param>
/// <param name="Layers">Layers.</param>
/// <param name="Heads">Heads.</param>
/// <param name="Vocabulary">Tokens.</param>
/// <param name="Positions">Longest sequence.</param>
internal sealed record Gpt2Sizes(int Dim, int Hidden, int Layers, int Heads, int Vocabulary, int Positions)
{
    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>Function of the MLP, in the word of the graph.</summary>
    public string Activation { get; init; } = "gelu_apprx_tanh";

    /// <summary>Products of queries and keys are divided by the root of the size of a head.</summary>
    public bool IsScaled { get; init; } = true;

    /// <summary>They are divided by the number of the layer too, from 1.</summary>
    public bool IsScaledByLayer { get; init; }

    /// <summary>Factor of the products of queries and keys in a layer.</summary>
    public double Scale(int layer) =>
        (IsScaled ? 1 / Math.Sqrt(Dim / (double)Heads) : 1) / (IsScaledByLayer ? layer + 1 : 1);
}
