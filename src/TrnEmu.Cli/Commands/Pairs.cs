using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Cli.Commands;

/// <summary>Options of the form NAME=VALUE.</summary>
internal static class Pairs
{
    /// <summary>Splits at the first '='; the last of equal names wins.</summary>
    /// <exception cref="TrnException">There is no '=' or no name.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string option, IEnumerable<string> texts)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0) throw Usage($"{option} {text}: expected NAME=VALUE");
            pairs[text[..at]] = text[(at + 1)..];
        }

        return pairs;
    }

    /// <summary>A finding about the command line.</summary>
    public static TrnException Usage(string message) =>
        new(FailureKind.BadInput, Diagnostic.Error(CommandLineErrors.Usage, message, SourceSpan.None));
}
