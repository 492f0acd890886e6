using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers;

/// <summary>
/// A model that continues a sequence of tokens: each run takes one token and its position, and gives the logits of the
/// next one, keys and values of earlier positions being in its caches.
/// </summary>
/// <param name="Model">Graph and constants; dimension 0 of each cache counts positions.</param>
/// <param name="Positions">Longest sequence.</param>
/// <param name="Vocabulary">Number of tokens.</param>
/// <param name="DType">Type of the activations that matrix products read.</param>
public sealed record Decoder(Model Model, int Positions, int Vocabulary, DType DType)
{
    /// <summary>The token that begins a sequence when nothing else is asked for; null where the file names
    /// none.</summary>
    public int? FirstToken { get; init; }

    /// <summary>The tokens that end an answer when the model gives one of them.</summary>
    public IReadOnlyList<int> LastTokens { get; init; } = [];

    /// <summary>Input: the token, int32[1,1].</summary>
    public const string Token = "token";

    /// <summary>Input: its position in the sequence, from 0; int32[1,1].</summary>
    public const string Position = "position";

    /// <summary>Output: one number for each token, [1, vocabulary].</summary>
    public const string Logits = "logits";
}
