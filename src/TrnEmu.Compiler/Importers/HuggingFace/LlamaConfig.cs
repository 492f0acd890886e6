using TrnEmu.Compiler.Json;

namespace TrnEmu.Compiler.Importers.HuggingFace;

/// <summary>Reads config.json of the Llama family: llama itself, and mistral and qwen2, which differ in
/// options.</summary>
internal static class LlamaConfig
{
    private const int Limit = 1 << 20;

    /// <summary>The sizes of the model.</summary>
    public static LlamaSizes Sizes(JsonItem root, JsonChecker json)
    {
        var isLlama = ModelConfig.TypeOf(root) == ModelConfig.Llama;
        var dim = json.Whole(root, "hidden_size", 1, Limit);
        var heads = json.Whole(root, "num_attention_heads", 1, Limit);
        var size = json.Whole(root, "head_dim", 2, Limit, Math.Max(dim / heads, 2));
        var hasBias = json.Flag(root, "attention_bias", false);
        var sizes = new LlamaSizes(
            dim, json.Whole(root, "intermediate_size", 1, Limit),
            json.Whole(root, "num_hidden_layers", 1, ModelConfig.MaxLayers), heads,
            json.Whole(root, "num_key_value_heads", 1, heads, isLlama ? heads : null), size,
            json.Whole(root, "vocab_size", 1, ModelConfig.MaxVocabulary),
            json.Whole(root, "max_position_embeddings", 1, Limit, isLlama ? 2048 : null))
        {
            Epsilon = json.Number(root, "rms_norm_eps", 0, 1, 1e-6),
            HasInputBiases = hasBias || ModelConfig.TypeOf(root) == ModelConfig.Qwen2,
            HasOutputBias = hasBias,
        };
        if (root["head_dim"] is null && dim % heads != 0)
            json.Report(root, $"hidden_size is {dim}, num_attention_heads {heads}: expected a multiple, or head_dim");
        if (size % 2 != 0) json.Report(root, $"heads have {size} numbers, expected an even number to rotate");
        if (heads % sizes.KvHeads != 0)
            json.Report(root,
                $"num_attention_heads is {heads}, num_key_value_heads {sizes.KvHeads}: expected a multiple");
        if ((long)heads * size > int.MaxValue)
            json.Report(root, $"{heads} heads of {size} numbers are more than {int.MaxValue}");
        if (RotationTable.Problem(sizes) is { } problem) json.Report(root, problem);
        CheckOptions(root, json, sizes);
        return sizes;
    }

    /// <summary>What would change the results and is not built is refused.</summary>
    private static void CheckOptions(JsonItem root, JsonChecker json, LlamaSizes sizes)
    {
        var function = json.Text(root, "hidden_act", "silu");
        if (function is not ("silu" or "swish"))
            json.Report(root["hidden_act"]!,
                $"hidden_act is {function}, expected silu");
        if (json.Flag(root, "mlp_bias", false))
            json.Report(root["mlp_bias"]!, $"mlp_bias is true: products of the MLP that add a vector are not built");
        if (json.Number(root, "partial_rotary_factor", 0, 1, 1) != 1)
            json.Report(root["partial_rotary_factor"]!,
                $"partial_rotary_factor is not 1: heads that are rotated in part are not built");
        foreach (var item in root["layer_types"]?.Items ?? [])
        {
            if (item.Text != "full_attention")
                json.Report(item, $"layer_types has {JsonChecker.Show(item)}, expected full_attention alone");
        }

        CheckWindow(root, json, sizes);
    }

    private static void CheckWindow(JsonItem root, JsonChecker json, LlamaSizes sizes)
    {
        var type = ModelConfig.TypeOf(root);
        if (type == ModelConfig.Llama || (type == ModelConfig.Qwen2 && !json.Flag(root, "use_sliding_window", false)))
            return;
        var isStated = root.Members.Any(m => m.Key == "sliding_window");
        var window = isStated && root["sliding_window"] is null
            ? Limit
            : json.Whole(root, "sliding_window", 1, int.MaxValue, fallback: 4096);
        if (window < sizes.Positions) json.Report(root,
            $"sliding_window is {window}, max_position_embeddings {sizes.Positions}: attention to the last positions alone is not built; up to {window} positions it is the same");
    }
}
