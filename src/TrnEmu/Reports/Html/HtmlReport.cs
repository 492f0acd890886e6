using TrnEmu.Core.Diagnostics;
using TrnEmu.Reports.Html.Data;
using TrnEmu.Reports.Lanes;
using TrnEmu.Reports.Trace;

namespace TrnEmu.Reports.Html;

/// <summary>
/// A run as one page that needs nothing else: the answer first, then timeline, source, memories, roofline, DMA, the
/// array, and what the time rests on. What matters is in the markup; the script draws the rest from a block of data.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the page as UTF-8; deterministic but for the host's own times, which it leaves out.</summary>
    /// <exception cref="TrnException">TRN1007: only function ran.</exception>
    public static void Write(RunResult result, Stream stream)
    {
        if (result.Timed is not { } timed)
            throw new TrnException(FailureKind.BadInput, Diagnostic.Error(TraceFile.NoTime, "a page needs times, and only function ran", SourceSpan.None));
        var uses = new UseTable(timed.Stream);
        var times = new RunTimes(timed.Stream);
        timed.Replay(new SliceObserver(timed.Stream, new SliceSinks(uses, times)));
        var data = Packing.Pack(RunData.Of(result, timed, times));
        using var html = new HtmlWriter(stream);
        PageFrame.Begin(html, $"{result.Target} on {result.Chip.Name}");
        AnswerSection.Write(html, result, timed);
        EngineSection.Write(html, result, timed);
        PathSection.Write(html, timed);
        PageFrame.Drawn(html, "timeline", "Timeline", "The timeline needs the page's own script; the tables say the same in numbers.");
        html.Markup("<section>").Heading("Source").Markup("<div id=\"source\"></div>\n<noscript>\n");
        UseSection.Write(html, timed, uses);
        NodeSection.Write(html, result);
        html.Markup("</noscript></section>\n");
        MemorySection.Write(html, result, timed);
        PageFrame.Drawn(html, "roofline", "Roofline and operations", "The roofline needs the page's own script.");
        PageFrame.Drawn(html, "dma", "DMA by size", "The histogram needs the page's own script.");
        PageFrame.Drawn(html, "array", "The systolic array", "The array needs the page's own script.");
        BasisSection.Write(html, result, timed);
        html.Markup("</main>\n<script type=\"text/plain\" id=\"data\">").Base64(data.Span).Markup("</script>\n");
        PageFrame.End(html);
    }
}
