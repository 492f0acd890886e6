using TrnEmu.Core.Isa;
using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports.Html.Compare;

/// <summary>How busy each engine is in each run: bars of one scale, so that lengths are times.</summary>
internal static class EngineTable
{
    private const double Whole = 100;

    /// <summary>Engines as JSON names them.</summary>
    public static IEnumerable<string> Names => EngineExtensions.All.Select(e => e.Name());

    /// <summary>An engine's name in sentences.</summary>
    public static string Title(string name) => EngineExtensions.All.First(e => e.Name() == name).Title();

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, IReadOnlyList<RunFacts> runs)
    {
        var longest = runs.Max(r => r.Time);
        html.Markup("<section>").Heading("Engines");
        html.Markup("<p class=\"legend\"><span><i class=\"key busy\"></i>works</span>");
        html.Markup("<span><i class=\"key wait\"></i>waits</span>");
        html.Markup("<span>bars are times: the whole width is that of the longest run</span></p>\n");
        foreach (var engine in EngineExtensions.All)
        {
            html.Markup($"<h3>{engine.Title()}</h3>\n<div class=\"pair\">\n");
            foreach (var run in runs) Bar(html, run, engine, longest);
            html.Markup("</div>\n");
        }

        html.Markup("</section>\n");
    }

    private static void Bar(HtmlWriter html, RunFacts run, Engine engine, double longest)
    {
        var busy = run.Number("engines", engine.Name(), "busy_us");
        var waits = run.Numbers("stalls_us", engine.Name());
        html.Markup("<div>").Text(run.Label);
        html.Markup($"</div><div class=\"bar e{(int)engine}\" role=\"img\" aria-label=\"");
        var waiting = waits.Values.Sum();
        html.Attribute($"{engine.Title()} in {run.Label}: {Differences.Us(busy)} at work, ");
        html.Attribute($"{Differences.Us(waiting)} waiting").Markup("\">");
        Part(html, "busy", Whole * busy / longest);
        Part(html, "wait", Whole * waiting / longest);
        html.Markup("</div><div class=\"n\">").Text(Differences.Us(busy)).Markup("</div>\n");
    }

    private static void Part(HtmlWriter html, string style, double percent) =>
        html.Markup(FormattableString.Invariant($"<i class=\"{style}\" style=\"width:{percent:0.##}%\"></i>"));
}
