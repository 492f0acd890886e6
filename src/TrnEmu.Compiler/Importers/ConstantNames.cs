namespace TrnEmu.Compiler.Importers;

/// <summary>Names of the constants of generating models.</summary>
internal static class ConstantNames
{
    public const string Embedding = "token_embedding";
    public const string PositionEmbedding = "position_embedding";
    public const string Classifier = "classifier";
    public const string FinalNorm = "final_norm";
    public const string FinalNormBias = "final_norm_bias";
    public const string Cos = "rope_cos";
    public const string Sin = "rope_sin";

    /// <summary>A tensor of one layer: <c>l0.wq</c>.</summary>
    public static string OfLayer(int layer, string name) => FormattableString.Invariant($"l{layer}.{name}");
}
