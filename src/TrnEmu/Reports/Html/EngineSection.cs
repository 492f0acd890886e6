using TrnEmu.Core.Isa;
using TrnEmu.Sim;
using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports.Html;

/// <summary>How much of the time each engine works, and whom it waits for.</summary>
internal static class EngineSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RunResult result, TimedRun timed)
    {
        html.Markup("<section>").Heading("Engines");
        html.Markup("<p class=\"legend\"><span><i class=\"key busy\"></i>works</span><span><i class=\"key wait\"></i>waits</span>");
        html.Markup("<span><i class=\"key rest\"></i>nothing left to do</span></p>\n");
        for (var core = 0; core < timed.Timeline.Cores.Count; core++)
        {
            var m = new RunMetrics(result, timed.Timeline, core);
            if (timed.Timeline.Cores.Count > 1) html.Markup(FormattableString.Invariant($"<h3>core {core}</h3>\n"));
            html.Markup("<div class=\"bars\">\n");
            foreach (var engine in m.Core.Engines)
                Bar(html, engine.Engine.Title(), "e" + (int)engine.Engine, m.Utilization(engine.Busy), m.Utilization(engine.Stalls.Sum()), Waits(m, engine));
            Bar(html, "DMA", "e0", m.DmaUtilization, 0, $"{Count(m.Core.Dma.Transfers)} transfers, {Bytes(m.Core.Dma.Bytes)}; under way {Percent(m.Utilization(m.Core.Dma.Active))} of the time");
            html.Markup("</div>\n");
        }

        html.Markup("</section>\n");
    }

    private static void Bar(HtmlWriter html, string name, string style, double busy, double waits, string remark)
    {
        html.Markup($"<div class=\"name\">{name}</div><div class=\"bar {style}\" aria-hidden=\"true\">");
        html.Markup(FormattableString.Invariant($"<i class=\"busy\" style=\"width:{Clamp(busy):0.##}%\"></i><i class=\"wait\" style=\"width:{Clamp(waits):0.##}%\"></i></div>"));
        html.Markup("<div class=\"n\">").Text(Percent(busy)).Markup("</div><div class=\"remark\">").Text(remark).Markup("</div>\n");
    }

    private static double Clamp(double share) => Math.Clamp(share, 0, 1) * 100;

    private static string Waits(RunMetrics m, EngineTimes engine)
    {
        if (engine.Instructions == 0) return "not used";
        var waits = engine.Stalls.Select((stall, cause) => (Stall: stall, Cause: (Engine)cause)).Where(w => w.Stall > 0)
            .OrderByDescending(w => w.Stall)
            .Select(w => $"{(w.Cause == Engine.None ? "DMA" : w.Cause.Title())} {Percent(m.Utilization(w.Stall))}").ToArray();
        return waits.Length == 0 ? "never waits" : "waits for " + string.Join(", ", waits);
    }
}
