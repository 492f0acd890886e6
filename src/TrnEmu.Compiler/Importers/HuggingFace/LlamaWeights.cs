namespace TrnEmu.Compiler.Importers.HuggingFace;

/// <summary>
/// The tensors of a Llama model under the names that transformers gives them. Its heads are rotated in halves, number i
/// with number i + size / 2; the graph rotates neighbours. The rows of the products that make queries and keys are put
/// in that order here, which changes no result: both get the same order, and nothing but their products is used.
/// </summary>
internal sealed class LlamaWeights(LlamaSizes s, ImportOptions types)
{
    /// <summary>What names of the whole model start with.</summary>
    public const string Prefix = "model.";

    /// <summary>The classifier, which never has the prefix.</summary>
    public const string Head = "lm_head.weight";

    /// <summary>All tensors of a model.</summary>
    /// <param name="isTied">The classifier uses the embedding's weights.</param>
    public IReadOnlyList<ExpectedTensor> Expected(bool isTied)
    {
        var list = new List<ExpectedTensor>
        {
            new("embed_tokens.weight", [s.Vocabulary, s.Dim], (store, values) =>
            {
                store.Add(ConstantNames.Embedding, values, types.DType);
                if (isTied) store.AddTurned(ConstantNames.Classifier, values, s.Vocabulary, types.DType);
            }),
            Vector("norm.weight", ConstantNames.FinalNorm, s.Dim),
        };
        if (!isTied) list.Add(new(Head, [s.Vocabulary, s.Dim], (store, values) =>
            store.AddTurned(ConstantNames.Classifier, values, s.Vocabulary, types.DType)));
        for (var layer = 0; layer < s.Layers; layer++) AddLayer(list, layer);
        return list;
    }

    /// <summary>Tensors that a model may have and that are not read: what follows from config.json.</summary>
    public static bool IsIgnored(string name, bool isTied) =>
        name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal) || (isTied && name == Head);

    private void AddLayer(List<ExpectedTensor> list, int layer)
    {
        list.Add(Vector(In("input_layernorm.weight"), Of("attention_norm"), s.Dim));
        list.Add(Matrix(In("self_attn.q_proj.weight"), Of("wq"), s.QueryDim, s.Dim, Neighbour));
        list.Add(Matrix(In("self_attn.k_proj.weight"), Of("wk"), s.KvDim, s.Dim, Neighbour));
        list.Add(Matrix(In("self_attn.v_proj.weight"), Of("wv"), s.KvDim, s.Dim));
        list.Add(Matrix(In("self_attn.o_proj.weight"), Of("wo"), s.Dim, s.QueryDim));
        if (s.HasInputBiases)
        {
            list.Add(Vector(In("self_attn.q_proj.bias"), Of("bq"), s.QueryDim, Neighbour));
            list.Add(Vector(In("self_attn.k_proj.bias"), Of("bk"), s.KvDim, Neighbour));
            list.Add(Vector(In("self_attn.v_proj.bias"), Of("bv"), s.KvDim));
        }

        if (s.HasOutputBias) list.Add(Vector(In("self_attn.o_proj.bias"), Of("bo"), s.Dim));
        list.Add(Vector(In("post_attention_layernorm.weight"), Of("ffn_norm"), s.Dim));
        list.Add(Matrix(In("mlp.gate_proj.weight"), Of("w1"), s.Hidden, s.Dim));
        list.Add(Matrix(In("mlp.down_proj.weight"), Of("w2"), s.Dim, s.Hidden));
        list.Add(Matrix(In("mlp.up_proj.weight"), Of("w3"), s.Hidden, s.Dim));

        string In(string name) => FormattableString.Invariant($"layers.{layer}.{name}");

        string Of(string name) => ConstantNames.OfLayer(layer, name);
    }

    private ExpectedTensor Vector(string name, string constant, int length, Func<int, int>? order = null) =>
        new(name, [length], (store, values) => store.AddTurned(constant, values, length, types.DType, order));

    private ExpectedTensor Matrix(
        string name, string constant, int outputs, int inputs, Func<int, int>? order = null) =>
        new(name, [outputs, inputs], (store, values) =>
            store.AddTurned(constant, values, outputs, types.Weights, order));

    /// <summary>Which row of halves stands at a row of neighbours.</summary>
    private int Neighbour(int row)
    {
        var (head, i) = Math.DivRem(row, s.HeadSize);
        return head * s.HeadSize + i % 2 * s.Pairs + i / 2;
    }
}
