using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports.Html;

/// <summary>The answer: how long, what bounds it, what would help.</summary>
internal static class AnswerSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RunResult result, TimedRun timed)
    {
        var m = new RunMetrics(result, timed.Timeline);
        html.Markup("<header><h1>").Text(result.Target).Markup("</h1>");
        html.Paragraph($"on {result.Chip.Name} ({result.Chip.Title}){WhatIf(result)}", "sub").Markup("</header>\n");
        WriteCheck(html, result);
        html.Markup("<div class=\"tiles\">\n");
        Tile(html, "time", Time(timed.Timeline.Elapsed), $"{Time(timed.Timeline.ElapsedWithRuntime)} with the runtime's start and end");
        if (m.Mfu is { } mfu) Tile(html, "MFU", Percent(mfu), "of the array's peak is arithmetic that the task needs");
        if (m.ArrayMacs > 0) Tile(html, "HFU", Percent(m.Hfu), "of the array's peak is used, transposes included");
        Tile(html, "HBM", Percent(m.HbmUtilization), FormattableString.Invariant($"of the chip's bandwidth: {m.HbmGbPerS:0.0} GB/s"));
        Tile(html, "operations", Count(m.OperationCount), $"{Count(m.EngineInstructions)} engine instructions{(timed.Timeline.Cores.Count > 1 ? ", of core 0" : "")}");
        html.Markup("</div>\n<section>").Heading("What bounds it, and what would help");
        if (AttributionReport.RooflineSentence(timed) is { } roofline) html.Paragraph($"Roofline: {roofline}.");
        html.Markup("<ul class=\"hints\">\n");
        foreach (var hint in Hints(result, timed)) html.Markup("<li>").Text(hint).Markup("</li>\n");
        html.Markup("</ul></section>\n");
    }

    private static IReadOnlyList<string> Hints(RunResult result, TimedRun timed) => timed.Attribution is { } attribution
        ? new Hints(new PathSummary(timed, attribution), result.Executed).Sentences()
        : [AttributionReport.TooLarge(timed)];

    private static string WhatIf(RunResult result) =>
        string.Concat(result.WhatIf.Select(w => FormattableString.Invariant($", what if {w.Key} = {w.Value}")));

    private static void WriteCheck(HtmlWriter html, RunResult result)
    {
        if (result.Check is { } check)
        {
            var text = check.Passed ? "equal to the fp64 reference" : $"not equal to the fp64 reference: {check.FirstWrong}";
            var error = FormattableString.Invariant($"largest error {check.MaxRelativeError:0.0e+0} of the largest value");
            var bound = FormattableString.Invariant($"bound {check.Tolerance:0.0e+0}");
            html.Paragraph($"{text} ({error}, {bound})", check.Passed ? "good" : "bad");
        }

        foreach (var warning in result.Diagnostics) html.Paragraph(warning.ToString(), "warning");
    }

    private static void Tile(HtmlWriter html, string name, string value, string remark) =>
        html.Markup("<div class=\"tile\"><span>").Text(name).Markup("</span><strong>").Text(value)
            .Markup("</strong><small>").Text(remark).Markup("</small></div>\n");
}
