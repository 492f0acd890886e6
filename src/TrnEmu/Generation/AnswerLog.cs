namespace TrnEmu.Generation;

/// <summary>What the steps of a run gave, and how long each took.</summary>
internal sealed class AnswerLog
{
    private readonly List<GenerationStep> _steps = [];
    private double? _prompt;

    /// <summary>Tokens of the answer so far.</summary>
    public IReadOnlyList<GenerationStep> Tokens => _steps;

    /// <summary>Steps so far, those of the prompt included.</summary>
    public int Runs { get; private set; }

    /// <summary>Adds a step; one of the prompt gives no token.</summary>
    public void Add(int? token, double? timeUs)
    {
        Runs++;
        if (token is { } given) _steps.Add(new GenerationStep(given, timeUs));
        else _prompt = (_prompt ?? 0) + timeUs;
    }

    /// <summary>The whole answer with its text.</summary>
    public GenerationResult Result(LanguageModel model, IReadOnlyList<int> start) => new(
        model.Title, start, Text(model, start), _steps, Text(model, _steps.Select(s => s.Token)))
    {
        PromptUs = _prompt,
    };

    private static string? Text(LanguageModel model, IEnumerable<int> tokens) =>
        model.Vocabulary?.Decode(
            tokens.Where(t => !model.Decoder.LastTokens.Contains(t) && t != model.Decoder.FirstToken));
}
