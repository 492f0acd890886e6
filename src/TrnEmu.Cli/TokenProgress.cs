namespace TrnEmu.Cli;

/// <summary>
/// Counts the tokens of an answer on one line of the terminal, which is empty again when the answer is complete.
/// </summary>
internal static class TokenProgress
{
    /// <summary>What to call after each token; null when nobody looks.</summary>
    public static Action<int, int>? On(TextWriter error) => Console.IsErrorRedirected ? null : (given, most) =>
    {
        var text = FormattableString.Invariant($"token {given} of {most}");
        error.Write(given < most ? $"\r{text}" : $"\r{new string(' ', text.Length)}\r");
    };
}
