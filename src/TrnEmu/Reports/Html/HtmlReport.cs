using TrnEmu.Core.Diagnostics;
using TrnEmu.Reports.Lanes;
using TrnEmu.Reports.Trace;

namespace TrnEmu.Reports.Html;

/// <summary>
/// A run as one page that needs nothing else: the answer first, then engines, timeline, source lines, operations, memory
/// and what the time rests on.
/// </summary>
public static class HtmlReport
{
    private const int MostBoxes = 20_000;

    /// <summary>Writes the page as UTF-8; deterministic but for the host's own times, which it leaves out.</summary>
    /// <exception cref="TrnException">TRN1007: only function ran.</exception>
    public static void Write(RunResult result, Stream stream)
    {
        if (result.Timed is not { } timed)
            throw new TrnException(FailureKind.BadInput, Diagnostic.Error(TraceFile.NoTime, "a page needs times, and only function ran", SourceSpan.None));
        var uses = new UseTable(timed.Stream);
        var boxes = new BoxSink(timed, MostBoxes);
        timed.Replay(new SliceObserver(timed.Stream, new SliceSinks(uses, boxes)));
        using var html = new HtmlWriter(stream);
        WriteHead(html, result);
        AnswerSection.Write(html, result, timed);
        EngineSection.Write(html, result, timed);
        TimelineSection.Write(html, timed, boxes);
        PathSection.Write(html, timed);
        UseSection.Write(html, timed, uses);
        NodeSection.Write(html, result);
        MemorySection.Write(html, result, timed);
        BasisSection.Write(html, result, timed);
        html.Markup("</main>\n<script>\n").Markup(Resource("page.js")).Markup("</script>\n</body>\n</html>\n");
    }

    /// <summary>The policy keeps even a mistake of ours from asking the network for anything.</summary>
    private static void WriteHead(HtmlWriter html, RunResult result)
    {
        html.Markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n");
        html.Markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
        html.Markup("<title>").Text($"{result.Target} on {result.Chip.Name}").Markup("</title>\n<style>\n");
        html.Markup(Resource("page.css")).Markup("</style>\n</head>\n<body>\n<main>\n");
    }

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("TrnEmu.Reports.Html." + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
