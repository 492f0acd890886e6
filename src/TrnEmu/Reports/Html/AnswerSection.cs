using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports.Html;

/// <summary>The answer: how long, what bounds it, what would help.</summary>
internal static class AnswerSection
{
    private static readonly (string Word, string Meaning)[] Words =
    [
        ("MFU", "Model FLOPs utilisation: of all the multiply-adds that the array could have done in this time, the share that the task needs. "
            + "Work that a better program would not do does not count."),
        ("HFU", "Hardware FLOPs utilisation: the share that the array did, whether the task needs it or not. Transposes on the array and "
            + "repeated work count. HFU far above MFU is work that could be saved."),
        ("MBU", "Memory bandwidth utilisation: bytes read from and written to HBM, over what the chip's HBM could have moved in this time. "
            + "One core alone cannot use all of it; the roofline below shows what it can."),
    ];

    private static readonly (string Id, string Title)[] Contents =
    [
        ("timeline", "Timeline"), ("source", "Source"), ("memories", "Memories"), ("roofline", "Roofline and operations"),
        ("dma", "DMA by size"), ("array", "Systolic array"), ("numbers", "What the time rests on"),
    ];

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RunResult result, TimedRun timed)
    {
        var m = new RunMetrics(result, timed.Timeline);
        PageFrame.Header(html, result.Target, $"on {result.Chip.Name} ({result.Chip.Title}){WhatIf(result)}");
        WriteCheck(html, result);
        html.Markup("<div class=\"tiles\">\n");
        Tile(html, "time", Time(timed.Timeline.Elapsed), $"{Time(timed.Timeline.ElapsedWithRuntime)} with the runtime's start and end");
        if (m.Mfu is { } mfu) Tile(html, "MFU", Percent(mfu), "of the array's peak is arithmetic that the task needs");
        if (m.ArrayMacs > 0) Tile(html, "HFU", Percent(m.Hfu), "of the array's peak is used, transposes included");
        Tile(html, "MBU", Percent(m.HbmUtilization), FormattableString.Invariant($"of the chip's HBM bandwidth: {m.HbmGbPerS:0.0} GB/s"));
        Tile(html, "operations", Count(m.OperationCount), $"{Count(m.EngineInstructions)} engine instructions{(timed.Timeline.Cores.Count > 1 ? ", of core 0" : "")}");
        html.Markup("</div>\n");
        WriteContents(html);
        html.Markup("<section>").Heading("What bounds it, and what would help");
        if (AttributionReport.RooflineSentence(timed) is { } roofline) html.Paragraph($"Roofline: {roofline}.");
        WriteHints(html, result, timed);
        WriteWords(html);
        html.Markup("</section>\n");
    }

    /// <summary>The changes that help most first; what says no gain stands behind them.</summary>
    private static void WriteHints(HtmlWriter html, RunResult result, TimedRun timed)
    {
        html.Markup("<ul class=\"hints\">\n");
        if (timed.Attribution is not { } attribution) html.Markup("<li>").Text(AttributionReport.TooLarge(timed)).Markup("</li>\n");
        else
        {
            foreach (var (sentence, gain) in new Hints(new PathSummary(timed, attribution), result.Executed).Told().OrderByDescending(t => t.Gain ?? -1))
            {
                html.Markup("<li>");
                if (gain is { } share) html.Markup("<span class=\"gain\" title=\"predicted gain\">\u2212").Text(Percent(share)).Markup("</span>");
                html.Text(sentence).Markup("</li>\n");
            }
        }

        html.Markup("</ul>\n");
    }

    private static void WriteWords(HtmlWriter html)
    {
        html.Markup("<details><summary>MFU, HFU and MBU in plain words</summary><dl class=\"words\">");
        foreach (var (word, meaning) in Words) html.Markup($"<dt>{word}</dt><dd>").Text(meaning).Markup("</dd>");
        html.Markup("</dl></details>\n");
    }

    private static void WriteContents(HtmlWriter html)
    {
        html.Markup("<nav aria-label=\"Sections\">");
        foreach (var (id, title) in Contents) html.Markup($"<a href=\"#{id}\">").Text(title).Markup("</a>");
        html.Markup("</nav>\n");
    }

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
