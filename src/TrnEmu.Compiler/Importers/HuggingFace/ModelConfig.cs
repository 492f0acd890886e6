using TrnEmu.Compiler.Json;

namespace TrnEmu.Compiler.Importers.HuggingFace;

/// <summary>What config.json says of every family.</summary>
internal static class ModelConfig
{
    public const string Llama = "llama";
    public const string Mistral = "mistral";
    public const string Qwen2 = "qwen2";
    public const string Gpt2 = "gpt2";

    /// <summary>Layers that a model may have.</summary>
    public const int MaxLayers = 4096;

    /// <summary>Tokens that a vocabulary may have.</summary>
    public const int MaxVocabulary = 1 << 24;

    /// <summary>The family; empty where none is named.</summary>
    public static string TypeOf(JsonItem root) => root["model_type"]?.Text ?? "";

    /// <summary>Refuses what no family is built with.</summary>
    public static void Check(JsonItem root, JsonChecker json)
    {
        if (root["quantization_config"] is { } quantized)
            json.Report(quantized,
                $"quantization_config: weights that others have quantised are not read, --weights quantises those of the unquantised model");
    }

    /// <summary>The token that begins a sequence, where the file names one, and those that end an answer.</summary>
    public static (int? First, IReadOnlyList<int> Last) Tokens(JsonItem root, JsonChecker json, int vocabulary) => (
        Tokens(root, json, "bos_token_id", vocabulary) is [var first, ..] ? first : null,
        Tokens(root, json, "eos_token_id", vocabulary));

    /// <summary>One token or several; those beyond the vocabulary, which models cut down have, can never
    /// come.</summary>
    private static List<int> Tokens(JsonItem root, JsonChecker json, string name, int vocabulary)
    {
        var tokens = new List<int>();
        if (root[name] is not { } item) return tokens;
        foreach (var number in item.IsArray ? item.Items : [item])
        {
            if (number.Integer is not { } token)
                json.Report(number,
                    $"{name} is {JsonChecker.Show(number)}, expected tokens");
            else if (token >= 0 && token < vocabulary) tokens.Add((int)token);
        }

        return tokens;
    }
}
