namespace TrnEmu.Tests.Compiler.Importers;

/// <summary>Random models of both families, small enough for every test.</summary>
internal static class TinyModels
{
    public const int Vocabulary = 23;
    public const int Positions = 40;
    public const int Layers = 2;

    /// <summary>Width 12; 4 heads of size 6, more than the width, on 2 heads of keys.</summary>
    public static ModelFolder Llama(
        int seed = 1, bool isTied = false, bool hasBias = false, string stored = "F32", string type = "llama")
    {
        const int Dim = 12, Hidden = 20, Heads = 4, KvHeads = 2, Size = 6;
        var model = new ModelFolder(seed);
        Set(model, ("model_type", type), ("hidden_size", Dim), ("intermediate_size", Hidden), ("num_hidden_layers", Layers),
            ("num_attention_heads", Heads), ("num_key_value_heads", KvHeads), ("head_dim", Size), ("vocab_size", Vocabulary),
            ("max_position_embeddings", Positions), ("rms_norm_eps", 1e-6), ("rope_theta", 500.0), ("hidden_act", "silu"),
            ("tie_word_embeddings", isTied), ("attention_bias", hasBias && type == "llama"), ("bos_token_id", 1),
            ("eos_token_id", 2));
        model.Add("model.embed_tokens.weight", [Vocabulary, Dim], 0.4, stored: stored);
        for (var layer = 0; layer < Layers; layer++)
        {
            var name = $"model.layers.{layer}.";
            model.Add(name + "input_layernorm.weight", [Dim], 0.1, 1, stored);
            Product("self_attn.q_proj", Heads * Size, Dim, hasBias);
            Product("self_attn.k_proj", KvHeads * Size, Dim, hasBias);
            Product("self_attn.v_proj", KvHeads * Size, Dim, hasBias);
            Product("self_attn.o_proj", Dim, Heads * Size, hasBias && type == "llama");
            model.Add(name + "post_attention_layernorm.weight", [Dim], 0.1, 1, stored);
            Product("mlp.gate_proj", Hidden, Dim, false);
            Product("mlp.up_proj", Hidden, Dim, false);
            Product("mlp.down_proj", Dim, Hidden, false);

            void Product(string part, int outputs, int inputs, bool isBiased)
            {
                model.Add(name + part + ".weight", [outputs, inputs], stored: stored);
                if (isBiased) model.Add(name + part + ".bias", [outputs], stored: stored);
            }
        }

        model.Add("model.norm.weight", [Dim], 0.1, 1, stored);
        if (!isTied) model.Add("lm_head.weight", [Vocabulary, Dim], 0.4, stored: stored);
        return model;
    }

    /// <summary>Width 12; 3 heads of size 4.</summary>
    public static ModelFolder Gpt2(int seed = 1, string prefix = "transformer.", bool isTied = true, string stored = "F32")
    {
        const int Dim = 12, Hidden = 48, Heads = 3;
        var model = new ModelFolder(seed);
        Set(model, ("model_type", "gpt2"), ("n_embd", Dim), ("n_layer", Layers), ("n_head", Heads),
            ("n_positions", Positions), ("vocab_size", Vocabulary), ("n_inner", null), ("layer_norm_epsilon", 1e-5),
            ("activation_function", "gelu_new"), ("tie_word_embeddings", isTied), ("bos_token_id", 22),
            ("eos_token_id", (int[])[22]));
        model.Add(prefix + "wte.weight", [Vocabulary, Dim], 0.4, stored: stored);
        model.Add(prefix + "wpe.weight", [Positions, Dim], 0.2, stored: stored);
        for (var layer = 0; layer < Layers; layer++)
        {
            var name = $"{prefix}h.{layer}.";
            Norm(name + "ln_1");
            Product(name + "attn.c_attn", Dim, 3 * Dim);
            Product(name + "attn.c_proj", Dim, Dim);
            Norm(name + "ln_2");
            Product(name + "mlp.c_fc", Dim, Hidden);
            Product(name + "mlp.c_proj", Hidden, Dim);
            model.Add(name + "attn.bias", [1, 1, 4, 4], stored: stored);
        }

        Norm(prefix + "ln_f");
        if (!isTied) model.Add("lm_head.weight", [Vocabulary, Dim], 0.4, stored: stored);
        return model;

        void Norm(string name)
        {
            model.Add(name + ".weight", [Dim], 0.1, 1, stored);
            model.Add(name + ".bias", [Dim], 0.1, stored: stored);
        }

        void Product(string name, int inputs, int outputs)
        {
            model.Add(name + ".weight", [inputs, outputs], stored: stored);
            model.Add(name + ".bias", [outputs], 0.1, stored: stored);
        }
    }

    private static void Set(ModelFolder model, params (string Key, object? Value)[] values)
    {
        foreach (var (key, value) in values) model.Config[key] = value;
    }
}
