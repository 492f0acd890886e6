using TrnEmu.Compiler.Importers;
using TrnEmu.Compiler.Importers.HuggingFace;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Inference;

namespace TrnEmu.Generation;

/// <summary>A model that continues text: the decoder and how its tokens are written.</summary>
public sealed record LanguageModel
{
    /// <summary>A prompt that the model cannot take.</summary>
    public static readonly DiagnosticCode Prompt = new(
        "TRN1422", "prompt",
        "A prompt is text that the vocabulary can spell, or tokens of the model, and leaves room for an answer.",
        "Shorten it, or give --tokens with ids below the size of the vocabulary.");

    /// <summary>What it is, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>Graph and constants.</summary>
    public required Decoder Decoder { get; init; }

    /// <summary>Its pieces of text, or null when they are not known.</summary>
    public Vocabulary? Vocabulary { get; init; }

    /// <summary>The prompt when the user gives none.</summary>
    public string DefaultPrompt { get; init; } = "";

    /// <summary>What begins every prompt, whether the user writes it or not.</summary>
    public string PromptStart { get; init; } = "";

    /// <summary>What ends every prompt, whether the user writes it or not.</summary>
    public string PromptEnd { get; init; } = "";

    /// <summary>
    /// Characters of the longest prompt that the model has learnt to answer; null when that is not known.
    /// </summary>
    public int? LongestPrompt { get; init; }

    /// <summary>Reads a llama2.c file.</summary>
    /// <exception cref="TrnException">It is missing or damaged.</exception>
    public static LanguageModel LoadLlama(string path, ImportOptions types) => new()
    {
        Title = Path.GetFileName(path),
        Decoder = LlamaFile.Read(path, types),
        Vocabulary = Vocabulary.Beside(path),

        // The pieces of words that follow a space hold that space; the tokenizer of these models puts one before the
        // first.
        PromptStart = " ",
    };

    /// <summary>The same in the narrow formats that the options ask for.</summary>
    /// <exception cref="TrnException">TRN1006, or a prompt that the model cannot take.</exception>
    public LanguageModel Narrow(RunOptions options) => this with
    {
        Decoder = Decoder with
        {
            Model = Narrowing.Apply(Decoder.Model, options, c => PromptCalibration.Run(c, Decoder, Start(options))),
        },
    };

    /// <summary>Reads a folder with config.json and safetensors, or one of those files; it has no pieces of
    /// text.</summary>
    /// <exception cref="TrnException">It is missing, damaged, or no model that can be built.</exception>
    public static LanguageModel LoadHuggingFace(string path, ImportOptions types) => new()
    {
        Title = Path.GetFileName(Path.TrimEndingDirectorySeparator(path)),
        Decoder = HuggingFaceModel.Read(path, types),
    };

    /// <summary>The tokens that a run starts with: those that were given, else the first of all and the
    /// prompt's.</summary>
    /// <exception cref="TrnException">TRN1421 or TRN1422.</exception>
    public IReadOnlyList<int> Start(RunOptions options)
    {
        var start = options.Tokens ?? Encode(options.Prompt ?? DefaultPrompt);
        foreach (var token in start)
        {
            if (token < 0 || token >= Decoder.Vocabulary) throw Bad(
                $"token {token} is not in the vocabulary, which has {Decoder.Vocabulary} tokens");
        }

        if (start.Count == 0) throw Bad(
            $"there are no tokens to start with, and the model names no first one: give --tokens");
        if (start.Count > Decoder.Positions) throw Bad(
            $"the prompt has {start.Count} tokens, the model {Decoder.Positions} positions");
        return start;
    }

    private IReadOnlyList<int> Encode(string prompt)
    {
        IReadOnlyList<int> first = Decoder.FirstToken is { } token ? [token] : [];
        if (prompt.Length == 0) return first;
        var text = prompt.StartsWith(PromptStart, StringComparison.Ordinal) ? prompt : PromptStart + prompt;
        if (!text.EndsWith(PromptEnd, StringComparison.Ordinal)) text += PromptEnd;
        if (text.Length - PromptEnd.Length > LongestPrompt)
            throw Bad(
                $"the prompt has {text.Length - PromptEnd.Length} characters, the model has learnt up to {LongestPrompt}");
        if (Vocabulary is null) throw Bad($"the model's pieces of text are not known: give --tokens");
        return [.. first, .. Vocabulary.Encode(text)];
    }

    private static TrnException Bad(FormattableString message) =>
        new(FailureKind.BadInput, Diagnostic.Error(Prompt, FormattableString.Invariant(message), SourceSpan.None));
}
