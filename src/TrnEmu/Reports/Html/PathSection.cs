using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports.Html;

/// <summary>The critical path by what its time is spent on.</summary>
internal static class PathSection
{
    private const int Most = 12;
    private const double Least = 0.001;

    /// <summary>Writes the section; nothing for a run that is too large to follow.</summary>
    public static void Write(HtmlWriter html, TimedRun timed)
    {
        if (timed.Attribution is not { } attribution) return;
        var path = new PathSummary(timed, attribution);
        if (path.Parts.Count == 0) return;
        html.Markup("<section>").Heading("Critical path");
        var shown = path.Parts.Take(Most).Where((p, i) => i == 0 || path.Share(p.Time) >= Least).ToArray();
        var rest = path.Parts.Skip(shown.Length).ToArray();
        var rows = shown.Select(p => (string[])[Percent(path.Share(p.Time)), Time(p.Time), p.Key.Label, Count(p.Count), Places(p)]);
        if (rest.Length > 0) rows = rows.Append([Percent(path.Share(rest.Sum(p => p.Time))), Time(rest.Sum(p => p.Time)), "other", Count(rest.Sum(p => p.Count)), ""]);
        html.Table(
            "What the time is spent on from start to end, each stretch waiting for the one before; the parts add up to the time.",
            ["#share", "#time", "what", "#times", "most of it"], rows);
        html.Markup("</section>\n");
    }

    private static string Places(PathPart part) =>
        part.Places > 1 ? FormattableString.Invariant($"{part.Place} and {part.Places - 1} more") : part.Place;
}
