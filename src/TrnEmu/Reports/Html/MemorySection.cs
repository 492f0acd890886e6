using TrnEmu.Core.Memory;
using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports.Html;

/// <summary>The most of each memory that is in use at one time, and what moves.</summary>
internal static class MemorySection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RunResult result, TimedRun timed)
    {
        html.Markup("<section>").Heading("Memories");
        var cores = timed.Timeline.Cores.Count;
        html.Table(
            FormattableString.Invariant($"Most in use at one time when operations follow one another, as the compiler counts; SBUF in each of {Limits.Partitions} partitions. Engines that run ahead keep more, as the map shows."),
            ["", "#in use", "#of", "#share"],
            Enumerable.Range(0, cores).SelectMany(c => Rows(result, c, cores > 1 ? FormattableString.Invariant($" of core {c}") : ""))
                .Append(["HBM", Bytes(result.Peaks.HbmBytes), "", ""]));
        foreach (var (dma, core) in timed.Timeline.Cores.Select((c, i) => (c.Dma, i)))
        {
            var who = cores > 1 ? FormattableString.Invariant($"Core {core}: ") : "";
            html.Paragraph($"{who}HBM read {Bytes(dma.HbmBytesRead)}, written {Bytes(dma.HbmBytesWritten)}.");
        }

        if (result.Spills is { Tensors: > 0 } s)
            html.Paragraph($"SBUF is too small: {s.Tensors} tensors go to HBM and back, {Count(s.Stores)} stores and {Count(s.Loads)} loads of {Bytes(s.Bytes)} in all.");
        html.Markup("<div id=\"memories\"></div></section>\n");
    }

    private static IEnumerable<string[]> Rows(RunResult result, int core, string of)
    {
        var peaks = core == 0 ? result.Peaks : MemoryPeaks.Of(result.Program, result.Chip, core);
        var (sbuf, banks) = (result.Chip.SbufBytesPerPartition.Value, result.Chip.PsumBanks.Value);
        yield return ["SBUF" + of, Bytes(peaks.SbufBytesPerPartition), Bytes(sbuf), Percent(peaks.SbufBytesPerPartition / sbuf)];
        yield return ["PSUM" + of, peaks.PsumBanks == 1 ? "1 bank" : $"{Count(peaks.PsumBanks)} banks", $"{Count((long)banks)} banks", Percent(peaks.PsumBanks / banks)];
    }
}
