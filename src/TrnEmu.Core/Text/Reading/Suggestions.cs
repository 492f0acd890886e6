namespace TrnEmu.Core.Text.Reading;

/// <summary>
/// Finds the name that a misspelt one was meant to be: fewest edits, at most about a third of its characters.
/// </summary>
internal sealed class Suggestions
{
    private const int LongestName = 32;
    private int _comparisonsLeft = 500_000;

    /// <summary>
    /// "; did you mean `x`?", or nothing. Work over the whole text is bounded: a hostile one gets no more advice.
    /// </summary>
    public string For(ReadOnlySpan<char> name, IEnumerable<string> candidates)
    {
        if (name.IsEmpty || name.Length > LongestName) return "";
        string? best = null;
        var bestDistance = Math.Max(1, (name.Length + 1) / 3) + 1;
        foreach (var candidate in candidates)
        {
            if (_comparisonsLeft-- <= 0) break;
            if (Math.Abs(candidate.Length - name.Length) >= bestDistance) continue;
            var distance = Distance(name, candidate);
            if (distance >= bestDistance) continue;
            (best, bestDistance) = (candidate, distance);
        }

        return best is null ? "" : $"; did you mean `{best}`?";
    }

    /// <summary>Levenshtein's distance: characters inserted, dropped or replaced.</summary>
    private static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Span<int> row = stackalloc int[2 * LongestName + 2];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
