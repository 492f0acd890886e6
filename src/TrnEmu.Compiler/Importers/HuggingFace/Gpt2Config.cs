using TrnEmu.Compiler.Json;

namespace TrnEmu.Compiler.Importers.HuggingFace;

/// <summary>Reads config.json of the GPT-2 family.</summary>
internal static class Gpt2Config
{
    private const int Limit = 1 << 20;

    /// <summary>The functions of an MLP: the word of config.json and that of the graph.</summary>
    private static readonly Dictionary<string, string> Activations = new()
    {
        ["gelu_new"] = "gelu_apprx_tanh",
        ["gelu_pytorch_tanh"] = "gelu_apprx_tanh",
        ["gelu"] = "gelu",
        ["quick_gelu"] = "gelu_apprx_sigmoid",
        ["relu"] = "relu",
        ["silu"] = "silu",
        ["swish"] = "silu",
        ["tanh"] = "tanh",
    };

    /// <summary>The sizes of the model.</summary>
    public static Gpt2Sizes Sizes(JsonItem root, JsonChecker json)
    {
        var dim = json.Whole(root, "n_embd", 1, Limit);
        var heads = json.Whole(root, "n_head", 1, Limit);
        if (dim % heads != 0) json.Report(root, $"n_embd is {dim}, n_head {heads}: expected a multiple");
        var hidden = root["n_inner"] is null ? 4 * dim : json.Whole(root, "n_inner", 1, 4 * Limit);
        var function = json.Text(root, "activation_function", "gelu_new");
        if (!Activations.ContainsKey(function)) json.Report(root["activation_function"]!,
            $"activation_function is {function}, expected one of {string.Join(", ", Activations.Keys)}");
        if (json.Flag(root, "add_cross_attention", false))
            json.Report(root["add_cross_attention"]!,
                $"add_cross_attention is true: a decoder that reads an encoder is not built");
        return new Gpt2Sizes(
            dim, hidden, json.Whole(root, "n_layer", 1, ModelConfig.MaxLayers), heads,
            json.Whole(root, "vocab_size", 1, ModelConfig.MaxVocabulary), json.Whole(root, "n_positions", 1, Limit))
        {
            Epsilon = json.Number(root, "layer_norm_epsilon", 0, 1, 1e-5),
            Activation = Activations.GetValueOrDefault(function, "gelu"),
            IsScaled = json.Flag(root, "scale_attn_weights", true),
            IsScaledByLayer = json.Flag(root, "scale_attn_by_inverse_layer_idx", false),
        };
    }
}
