using TrnEmu.Core.Isa;
using TrnEmu.Reports.Lanes;
using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports.Html;

/// <summary>What each source line and each kind of operation took.</summary>
internal static class UseSection
{
    private const int Most = 300;

    /// <summary>Writes both tables.</summary>
    public static void Write(HtmlWriter html, TimedRun timed, UseTable uses)
    {
        var whole = (double)Math.Max(1, timed.Timeline.Elapsed) * timed.Timeline.Cores.Count;
        html.Markup("<section>").Heading("Source lines");
        Table(html, uses.Lines.ToDictionary(l => l.Key.File is null ? "(no line)" : l.Key.ToString(), l => l.Value), "line", whole, byPlace: true);
        html.Markup("</section>\n<section>").Heading("Operations");
        Table(html, uses.Names, "operation", whole, byPlace: false);
        html.Markup("</section>\n");
    }

    private static void Table(HtmlWriter html, IReadOnlyDictionary<string, Use> uses, string key, double whole, bool byPlace)
    {
        Engine[] engines = [.. EngineExtensions.All.Where(e => uses.Values.Any(u => u.BusyOf(e) > 0))];
        string[] columns = [key, "#operations", .. engines.Select(e => "#" + e.Title()), "#bytes by DMA", "#waits before"];
        var shown = uses.OrderByDescending(u => u.Value.Busy + u.Value.Stalled).ThenBy(u => u.Key, StringComparer.Ordinal).Take(Most);
        // Lines are read in the order of the file, kinds of operations by what they take.
        if (byPlace) shown = shown.OrderBy(u => u.Key, PlaceOrder.Instance);
        var left = uses.Count > Most ? FormattableString.Invariant($" Of {uses.Count}, those {Most} that take most.") : "";
        html.Table(
            "Busy: share of the time for which they hold each engine; waits: time for which engines waited before them." + left,
            columns,
            shown.Select(u => (string[])[
                u.Key, Count(u.Value.Operations), .. engines.Select(e => Share(u.Value.BusyOf(e) / whole)),
                u.Value.Bytes > 0 ? Bytes(u.Value.Bytes) : "", u.Value.Stalled > 0 ? Time(u.Value.Stalled) : ""]));
    }

    private static string Share(double share) => share > 0 ? Percent(share) : "";

    /// <summary>By file, then by line as a number.</summary>
    private sealed class PlaceOrder : IComparer<string>
    {
        public static PlaceOrder Instance { get; } = new();

        public int Compare(string? x, string? y)
        {
            var ((a, i), (b, j)) = (Split(x!), Split(y!));
            var files = string.CompareOrdinal(a, b);
            return files != 0 ? files : i != j ? i.CompareTo(j) : string.CompareOrdinal(x, y);
        }

        private static (string File, int Line) Split(string place)
        {
            var colon = place.LastIndexOf(':');
            return colon >= 0 && int.TryParse(place[(colon + 1)..], out var line) ? (place[..colon], line) : (place, 0);
        }
    }
}
