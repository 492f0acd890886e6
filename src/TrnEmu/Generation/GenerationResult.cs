namespace TrnEmu.Generation;

/// <summary>What a model answered.</summary>
/// <param name="Title">The model.</param>
/// <param name="Start">Tokens that the run started with.</param>
/// <param name="StartText">Their text, the boundary left out; null when the vocabulary is not known.</param>
/// <param name="Steps">The tokens that the model gave, one step each.</param>
/// <param name="Text">Text of the answer; null when the vocabulary is not known.</param>
public sealed record GenerationResult(
    string Title, IReadOnlyList<int> Start, string? StartText, IReadOnlyList<GenerationStep> Steps, string? Text)
{
    /// <summary>Device time of the steps before the first token: the prompt but for its last token; null when time was
    /// not asked for.</summary>
    public double? PromptUs { get; init; }

    /// <summary>Device time of all steps that gave a token.</summary>
    public double AnswerUs => Steps.Sum(s => s.TimeUs ?? 0);
}

/// <summary>One token of the answer.</summary>
/// <param name="Token">The token.</param>
/// <param name="TimeUs">Device time of the step that gave it, in microseconds; null when time was not asked
/// for.</param>
public readonly record struct GenerationStep(int Token, double? TimeUs);
