namespace TrnEmu.Compiler.Importers;

/// <summary>Names of the constants of a llama2.c model.</summary>
internal static class LlamaNames
{
    public const string Embedding = "token_embedding";
    public const string Classifier = "classifier";
    public const string FinalNorm = "final_norm";
    public const string Cos = "rope_cos";
    public const string Sin = "rope_sin";

    /// <summary>A tensor of one layer: <c>l0.wq</c>.</summary>
    public static string OfLayer(int layer, string name) => FormattableString.Invariant($"l{layer}.{name}");
}
