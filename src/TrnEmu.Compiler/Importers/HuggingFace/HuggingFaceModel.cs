using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Json;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers.HuggingFace;

/// <summary>Reads models as transformers stores them: config.json and, beside it, weights in safetensors
/// files.</summary>
public static class HuggingFaceModel
{
    private const string Config = "config.json";
    private const string Whole = "model.safetensors";
    private const string Extension = ".safetensors";
    private const string Index = ".safetensors.index.json";
    private const int MaxConfig = 1_000_000;

    /// <summary>True for a folder with a config.json, a .safetensors file, and the .safetensors.index.json of
    /// several.</summary>
    public static bool IsModel(string path) =>
        path.EndsWith(Extension, StringComparison.Ordinal) || path.EndsWith(Index, StringComparison.Ordinal)
        || (Directory.Exists(path) && File.Exists(Path.Combine(path, Config)));

    /// <summary>Reads a model.</summary>
    /// <param name="path">The folder, the weights, or their index.</param>
    /// <param name="options">Types of the model.</param>
    /// <exception cref="TrnException">It cannot be read, is damaged, or is no model that can be built.</exception>
    public static Decoder Read(string path, ImportOptions options)
    {
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(path) ?? "";
        var config = Path.Combine(folder, Config);
        var root = JsonText.Load(config, MaxConfig, ImportCodes.Config, ImportCodes.Unreadable);
        var json = new JsonChecker(config, ImportCodes.Config);
        ModelConfig.Check(root, json);
        var weights = Directory.Exists(path) ? WeightsIn(path) : path;
        return ModelConfig.TypeOf(root) switch
        {
            ModelConfig.Llama or ModelConfig.Mistral or ModelConfig.Qwen2 => Llama(root, json, weights, options),
            ModelConfig.Gpt2 => Gpt2(root, json, weights, options),
            var other => throw LlamaHeader.Bad(
                config, ImportCodes.Config, $"model_type is \"{other}\", expected llama, mistral, qwen2 or gpt2"),
        };
    }

    private static Decoder Llama(JsonItem root, JsonChecker json, string weights, ImportOptions options)
    {
        var sizes = LlamaConfig.Sizes(root, json);
        var isTied = json.Flag(root, "tie_word_embeddings", false);
        var (first, last) = ModelConfig.Tokens(root, json, sizes.Vocabulary);
        json.ThrowIfAny();
        var rotations = RopeConfig.Read(root, json, sizes);
        json.ThrowIfAny();
        var store = new ConstantStore(weights);
        new WeightReader(Checkpoint.Open(weights), weights, LlamaWeights.Prefix).Read(
            store, new LlamaWeights(sizes, options).Expected(isTied), name => LlamaWeights.IsIgnored(name, isTied));
        rotations.AddTo(store, sizes.Positions);
        var model = new Model(LlamaGraph.Build(sizes, options, weights), store.Constants);
        return new Decoder(model, sizes.Positions, sizes.Vocabulary, options.DType)
        {
            FirstToken = first,
            LastTokens = last,
        };
    }

    private static Decoder Gpt2(JsonItem root, JsonChecker json, string weights, ImportOptions options)
    {
        var sizes = Gpt2Config.Sizes(root, json);
        var isTied = json.Flag(root, "tie_word_embeddings", true);
        var (first, last) = ModelConfig.Tokens(root, json, sizes.Vocabulary);
        json.ThrowIfAny();
        var store = new ConstantStore(weights);
        new WeightReader(Checkpoint.Open(weights), weights, Gpt2Weights.Prefix).Read(
            store, new Gpt2Weights(sizes, options).Expected(isTied), name => Gpt2Weights.IsIgnored(name, isTied));
        var model = new Model(Gpt2Graph.Build(sizes, options, weights), store.Constants);
        return new Decoder(model, sizes.Positions, sizes.Vocabulary, options.DType)
        {
            FirstToken = first,
            LastTokens = last,
        };
    }

    /// <summary>The weights of a folder: the whole model, the index of its parts, or the one file that there
    /// is.</summary>
    private static string WeightsIn(string folder)
    {
        string[] usual = [Path.Combine(folder, Whole), Path.Combine(folder, "model" + Index)];
        if (Array.Find(usual, File.Exists) is { } found) return found;
        var files = Checkpoint.Guard(folder, () => Directory.GetFiles(folder, "*" + Extension));
        return files.Length == 1 ? files[0] : throw LlamaHeader.Bad(
            folder, ImportCodes.Unreadable,
            $"has {files.Length} files *{Extension}, expected {Whole}, model{Index} or one such file");
    }
}
