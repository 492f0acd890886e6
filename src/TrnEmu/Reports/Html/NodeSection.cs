using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports.Html;

/// <summary>What each node of a model took, and what a generating one answered.</summary>
internal static class NodeSection
{
    private const int Most = 300;

    /// <summary>Writes the section; nothing for what is no model.</summary>
    public static void Write(HtmlWriter html, RunResult result)
    {
        if (result.Generation is { } generation)
            html.Markup("<section>").Heading("Answer").Markup("<pre>").Text(string.Join('\n', GenerationReport.Lines(generation))).Markup("</pre></section>\n");
        var uses = NodeUse.Of(result);
        if (uses.Count == 0) return;
        var elapsed = (double)Math.Max(1, result.Timeline!.Elapsed);
        var shown = uses.Where(u => u.Operations > 0).OrderByDescending(u => u.Time).Take(Most).ToArray();
        html.Markup("<section>").Heading("Nodes of the model");
        html.Table(
            FormattableString.Invariant($"Time by which the run ends later for a node; {shown.Length} of {uses.Count}, longest first."),
            ["operation", "node", "kernel", "#time", "#share", "#HBM bytes"],
            shown.Select(u => (string[])[u.Node.Op, u.Node.Source.Length > 0 ? u.Node.Source : u.Node.Outputs[0], u.Kernel, Time(u.Time), Percent(u.Time / elapsed), Bytes(u.Bytes)]));
        html.Markup("</section>\n");
    }
}
