using System.Globalization;
using TrnEmu.Generation;

namespace TrnEmu.Reports;

/// <summary>What a generating model answered, for people.</summary>
internal static class GenerationReport
{
    /// <summary>The answer, then the time of a token.</summary>
    public static IEnumerable<string> Lines(GenerationResult generation)
    {
        yield return "";
        if (generation.Text is { } text) yield return generation.StartText + text;
        else yield return string.Join(' ', generation.Start) + " -> "
            + string.Join(' ', generation.Steps.Select(s => s.Token));
        yield return "";
        if (generation.Steps is not [{ TimeUs: not null }, ..]) yield break;
        var count = generation.Steps.Count;
        yield return Text(
            $"{count} tokens in {generation.AnswerUs / 1e3:0.000} ms of the device: ")
            + Text($"{generation.AnswerUs / count:0.0} us a token, {count / generation.AnswerUs * 1e6:0} tokens/s")
            + (generation.PromptUs is { } prompt ? Text($"; the prompt before them {prompt / 1e3:0.000} ms") : "");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
