using System.Globalization;
using TrnEmu.Core.Diagnostics;
using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports.Html.Compare;

/// <summary>
/// Results of runs as one page: of one, what it says; of two to four, side by side, each against the first.
/// </summary>
public static class ComparisonReport
{
    /// <summary>Runs on a page at most.</summary>
    public const int Most = 4;

    private static readonly (string Title, string[] Names, Func<double, string> Text)[] Rows =
    [
        ("time", ["time_us"], Differences.Us),
        ("with the runtime's start and end", ["time_with_runtime_us"], Differences.Us),
        ("MFU: the array's peak that the task needs", ["tensor", "mfu"], Percent),
        ("HFU: the array's peak that is used", ["tensor", "hfu"], Percent),
        ("MBU: HBM bandwidth that is used", ["hbm", "bandwidth_utilization"], Percent),
        ("HBM read", ["hbm", "bytes_read"], Bytes),
        ("HBM written", ["hbm", "bytes_written"], Bytes),
        ("DMA transfers", ["dma", "transfers"], Number),
        ("operations", ["instructions"], Number),
        ("engine instructions", ["engine_instructions"], Number),
        ("SBUF in each partition, most", ["memory", "sbuf_peak_bytes_per_partition"], Bytes),
        ("PSUM banks, most", ["memory", "psum_peak_banks"], Number),
    ];

    /// <summary>Reads results and writes their page.</summary>
    /// <param name="paths">Files that runs wrote as JSON, one to <see cref="Most"/>.</param>
    /// <param name="stream">Takes the page as UTF-8.</param>
    /// <exception cref="TrnException">TRN1013: a file is no result of a timed run.</exception>
    public static void Write(IReadOnlyList<string> paths, Stream stream)
    {
        RunFacts[] runs = [.. paths.Select((p, i) => RunFacts.Read(p, Label(paths, i)))];
        using var html = new HtmlWriter(stream);
        PageFrame.Begin(html, string.Join(" | ", runs.Select(r => r.Label)));
        var title = runs.Length > 1 ? "Comparison of runs" : runs[0].Target;
        PageFrame.Header(html, title, string.Join(" | ", runs.Select(r => $"{r.Label}: {r.Target} on {r.Chip}")));
        WriteTiles(html, runs);
        if (runs.Length > 1) WriteDifferences(html, runs);
        WriteFigures(html, runs);
        EngineTable.Write(html, runs);
        WriteTimes(html, runs, "Critical path", "Time of the critical path by what it is spent on.",
            "spent on", r => r.PathParts());
        WriteTimes(html, runs, "Operations", "Time of the critical path by operation.",
            "operation", r => r.Numbers("critical_path", "by_operation"));
        WriteCounts(html, runs);
        WriteTimes(html, runs, "Roofline", "Least time that each unit needs for the work at its full rate.",
            "unit", r => r.Numbers("roofline", "least_us"));
        WriteHints(html, runs);
        html.Markup("</main>\n");
        PageFrame.End(html);
    }

    /// <summary>Name of the file; the whole path where names repeat.</summary>
    private static string Label(IReadOnlyList<string> paths, int index)
    {
        var name = Path.GetFileNameWithoutExtension(paths[index]);
        return paths.Count(p => Path.GetFileNameWithoutExtension(p) == name) == 1 ? name : paths[index];
    }

    private static void WriteTiles(HtmlWriter html, RunFacts[] runs)
    {
        html.Markup("<div class=\"runs\">\n");
        foreach (var run in runs)
        {
            html.Markup("<div class=\"tile\"><span>").Text(run.Label).Markup("</span><strong>");
            html.Text(Differences.Us(run.Time)).Markup("</strong><small>");
            html.Text(run == runs[0] ? $"bound by {Bound(run)}" : Against(runs[0], run)).Markup("</small></div>\n");
        }

        html.Markup("</div>\n");
    }

    private static string Against(RunFacts first, RunFacts run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{first.Time / run.Time:0.00} x the speed of {first.Label}; bound by {Bound(run)}");

    /// <summary>Names of memories and of DMA are short for something, those of engines are names.</summary>
    private static string Bound(RunFacts run) => run.Text("roofline", "bound") is { Length: > 0 } unit
        ? unit.Length == 3 ? unit.ToUpperInvariant() : char.ToUpperInvariant(unit[0]) + unit[1..] : "nothing";

    private static void WriteDifferences(HtmlWriter html, RunFacts[] runs)
    {
        html.Markup("<section>").Heading("What differs, and why");
        foreach (var run in runs.Skip(1))
        {
            html.Markup("<ul class=\"hints\">\n");
            foreach (var sentence in Differences.Of(runs[0], run)) html.Markup("<li>").Text(sentence).Markup("</li>\n");
            html.Markup("</ul>\n");
        }

        html.Markup("</section>\n");
    }

    private static void WriteFigures(HtmlWriter html, RunFacts[] runs)
    {
        html.Markup("<section>").Heading("Figures");
        html.Table("Of core 0 where there are several.", ["", .. runs.Select(r => "#" + r.Label)],
            Rows.Where(row => runs.Any(r => r.Has(row.Names)))
                .Select(row => (string[])[
                    row.Title, .. runs.Select(r => r.Has(row.Names) ? row.Text(r.Number(row.Names)) : "")]));
        html.Markup("</section>\n");
    }

    private static void WriteTimes(
        HtmlWriter html, RunFacts[] runs, string title, string caption, string key,
        Func<RunFacts, Dictionary<string, double>> of)
    {
        var times = runs.Select(of).ToArray();
        var keys = times.SelectMany(t => t.Keys).Distinct()
            .OrderByDescending(k => times.Max(t => t.GetValueOrDefault(k))).ToArray();
        if (keys.Length == 0) return;
        html.Markup("<section>").Heading(title);
        var changes = runs.Length > 1 ? runs.Skip(1).Select(r => $"#{r.Label} \u2212 {runs[0].Label}") : [];
        html.Table(caption, [key, .. runs.Select(r => "#" + r.Label), .. changes], keys.Select(k => (string[])[
            k, .. times.Select(t => t.TryGetValue(k, out var us) ? Differences.Us(us) : ""),
            .. times.Skip(1).Select(t => Signed(t.GetValueOrDefault(k) - times[0].GetValueOrDefault(k)))]));
        html.Markup("</section>\n");
    }

    private static void WriteCounts(HtmlWriter html, RunFacts[] runs)
    {
        var counts = runs.Select(r => r.Numbers("instructions_by_name")).ToArray();
        html.Markup("<section>").Heading("Number of operations");
        html.Table("Executed, loops counted each time.", ["operation", .. runs.Select(r => "#" + r.Label)],
            counts.SelectMany(c => c.Keys).Distinct().OrderByDescending(k => counts.Max(c => c.GetValueOrDefault(k)))
                .Select(k => (string[])[k, .. counts.Select(c => c.TryGetValue(k, out var n) ? Number(n) : "")]));
        html.Markup("</section>\n");
    }

    private static void WriteHints(HtmlWriter html, RunFacts[] runs)
    {
        html.Markup("<section>").Heading("What would help each");
        foreach (var run in runs)
        {
            html.Markup("<h3>").Text(run.Label).Markup("</h3><ul class=\"hints\">\n");
            foreach (var hint in run.Hints) html.Markup("<li>").Text(hint).Markup("</li>\n");
            html.Markup("</ul>\n");
        }

        html.Markup("</section>\n");
    }

    private static string Number(double value) => Count((long)value);

    private static string Signed(double us) => us == 0 ? ""
        : us < 0 ? "\u2212" + Differences.Us(-us) : "+" + Differences.Us(us);
}
