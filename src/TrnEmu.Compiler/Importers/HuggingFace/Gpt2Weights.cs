namespace TrnEmu.Compiler.Importers.HuggingFace;

/// <summary>
/// The tensors of a GPT-2 model under the names that transformers gives them. Its matrices stand as [inputs, outputs],
/// queries, keys and values beside each other in one; only the embedding is turned, into the classifier.
/// </summary>
internal sealed class Gpt2Weights(Gpt2Sizes s, ImportOptions types)
{
    /// <summary>What names of the whole model start with.</summary>
    public const string Prefix = "transformer.";

    /// <summary>The classifier, which never has the prefix.</summary>
    public const string Head = "lm_head.weight";

    /// <summary>All tensors of a model.</summary>
    /// <param name="isTied">The classifier uses the embedding's weights.</param>
    public IReadOnlyList<ExpectedTensor> Expected(bool isTied)
    {
        var list = new List<ExpectedTensor>
        {
            new("wte.weight", [s.Vocabulary, s.Dim], (store, values) =>
            {
                store.Add(ConstantNames.Embedding, values, types.DType);
                if (isTied) store.AddTurned(ConstantNames.Classifier, values, s.Vocabulary, types.DType);
            }),
            new("wpe.weight", [s.Positions, s.Dim], (store, values) =>
                store.Add(ConstantNames.PositionEmbedding, values, types.DType)),
            Vector("ln_f.weight", ConstantNames.FinalNorm, s.Dim),
            Vector("ln_f.bias", ConstantNames.FinalNormBias, s.Dim),
        };
        if (!isTied) list.Add(new(Head, [s.Vocabulary, s.Dim], (store, values) =>
            store.AddTurned(ConstantNames.Classifier, values, s.Vocabulary, types.DType)));
        for (var layer = 0; layer < s.Layers; layer++) AddLayer(list, layer);
        return list;
    }

    /// <summary>Tensors that a model may have and that are not read: masks, which the graph has of itself.</summary>
    public static bool IsIgnored(string name, bool isTied) =>
        name.EndsWith(".attn.bias", StringComparison.Ordinal)
        || name.EndsWith(".attn.masked_bias", StringComparison.Ordinal) || (isTied && name == Head);

    private void AddLayer(List<ExpectedTensor> list, int layer)
    {
        list.Add(Vector(In("ln_1.weight"), Of("attention_norm"), s.Dim));
        list.Add(Vector(In("ln_1.bias"), Of("attention_norm_bias"), s.Dim));
        list.Add(new(In("attn.c_attn.weight"), [s.Dim, 3 * s.Dim], (store, values) =>
        {
            store.AddColumns(Of("wq"), values, 3 * s.Dim, 0, s.Dim, types.Weights);
            store.AddColumns(Of("wk"), values, 3 * s.Dim, s.Dim, s.Dim, types.Weights);
            store.AddColumns(Of("wv"), values, 3 * s.Dim, 2 * s.Dim, s.Dim, types.Weights);
        }));
        list.Add(new(In("attn.c_attn.bias"), [3 * s.Dim], (store, values) =>
        {
            store.Add(Of("bq"), values[..s.Dim], types.DType);
            store.Add(Of("bk"), values.Slice(s.Dim, s.Dim), types.DType);
            store.Add(Of("bv"), values[(2 * s.Dim)..], types.DType);
        }));
        list.Add(Matrix(In("attn.c_proj.weight"), Of("wo"), s.Dim, s.Dim));
        list.Add(Vector(In("attn.c_proj.bias"), Of("bo"), s.Dim));
        list.Add(Vector(In("ln_2.weight"), Of("ffn_norm"), s.Dim));
        list.Add(Vector(In("ln_2.bias"), Of("ffn_norm_bias"), s.Dim));
        list.Add(Matrix(In("mlp.c_fc.weight"), Of("up"), s.Dim, s.Hidden));
        list.Add(Vector(In("mlp.c_fc.bias"), Of("up_bias"), s.Hidden));
        list.Add(Matrix(In("mlp.c_proj.weight"), Of("down"), s.Hidden, s.Dim));
        list.Add(Vector(In("mlp.c_proj.bias"), Of("down_bias"), s.Dim));

        string In(string name) => FormattableString.Invariant($"h.{layer}.{name}");

        string Of(string name) => ConstantNames.OfLayer(layer, name);
    }

    private ExpectedTensor Vector(string name, string constant, int length) =>
        new(name, [length], (store, values) => store.Add(constant, values, types.DType));

    private ExpectedTensor Matrix(string name, string constant, int inputs, int outputs) =>
        new(name, [inputs, outputs], (store, values) => store.Add(constant, values, types.Weights));
}
