using System.Globalization;
using System.Text.RegularExpressions;

namespace TrnEmu.Tests.Python;

/// <summary>What one run of Python gave.</summary>
/// <param name="Code">Exit code, -1 where it was stopped.</param>
/// <param name="Output">Standard output: what tests print.</param>
/// <param name="Error">Standard error: what unittest reports.</param>
internal sealed partial record PythonRun(int Code, string Output, string Error)
{
    /// <summary>Number of tests that unittest ran, the skipped ones included; 0 where it did not come to that.</summary>
    public int Count => Number(Ran().Match(Error));

    /// <summary>Number of tests that were skipped.</summary>
    public int Skipped => Number(SkippedCount().Match(Error));

    /// <summary>Everything that was written.</summary>
    public string All => Output + Error;

    /// <summary>What the tests printed, what was skipped and why, and the counts.</summary>
    public string Summary => string.Join(
        '\n', [.. Output.TrimEnd().Split('\n'), .. Error.Split('\n').Where(IsSkip), $"{Count} tests, {Skipped} skipped"]).Trim();

    private static bool IsSkip(string line) => line.Contains("... skipped ", StringComparison.Ordinal);

    private static int Number(Match match) =>
        match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^Ran (\d+) tests? in ", RegexOptions.Multiline)]
    private static partial Regex Ran();

    [GeneratedRegex(@"\bskipped=(\d+)")]
    private static partial Regex SkippedCount();
}
