using System.Globalization;
using TrnEmu.Core.Isa;
using TrnEmu.Sim.Attribution;
using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports;

/// <summary>
/// Why a run takes as long as it does, for people: critical path, waits, roofline, and what would help.
/// </summary>
internal static class AttributionReport
{
    private const int MostParts = 10;
    private const int MostWaits = 8;
    private const int MostOfEngine = 2;
    private const double Least = 0.01;

    /// <summary>Writes the sections.</summary>
    public static void Write(ReportWriter console, RunResult result, TimedRun run)
    {
        if (run.Attribution is not { } attribution)
        {
            Line(console, "");
            Line(console, TooLarge(run));
            return;
        }

        var path = new PathSummary(run, attribution);
        if (path.Path.Count == 0) return;
        WritePath(console, path);
        WriteSlack(console, SlackSummary.Of(run, attribution));
        WriteWaits(console, run, attribution);
        WriteRoofline(console, run);
        Line(console, "");
        foreach (var sentence in new Hints(path, result.Executed).Sentences()) Wrapped(console, "- " + sentence);
    }

    /// <summary>Why there is no attribution.</summary>
    public static string TooLarge(TimedRun run) =>
        $"No critical path: the run has {Count(run.Nodes)} instructions, transfers and shares of transfers, and is "
            + $"followed up to "
        + $"{Count(run.Limit)}.";

    private static void WritePath(ReportWriter console, PathSummary path)
    {
        Line(console, "");
        Line(console,
            "Critical path: what the time is spent on, from start to end, each stretch waiting for the one before");
        var shown = path.Parts.Take(MostParts).Where((p, i) => i == 0 || path.Share(p.Time) >= Least).ToArray();
        foreach (var part in shown)
        {
            var more = part.Places > 1
                ? string.Create(CultureInfo.InvariantCulture, $" and {part.Places - 1} more") : "";
            WriteRow(console, path, part.Time, part.Key.Label, part.Count, part.Place + more);
        }

        var rest = path.Parts.Skip(shown.Length).ToArray();
        if (rest.Length > 0) WriteRow(console, path, rest.Sum(p => p.Time), "other", rest.Sum(p => p.Count), "");
    }

    private static void WriteSlack(ReportWriter console, List<SlackSummary> engines)
    {
        var isOne = engines.TrueForAll(e => e.Core == 0);
        var parts = engines.Select(e => string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(e.Near)} of {Count(e.Instructions)} on {e.Engine.Title()}{(isOne ? "" : $" {e.Core}")}"));
        Wrapped(console,
            $"Engine instructions with next to no slack (at most 1 % of the time): {string.Join(", ", parts)}");
    }

    private static void WriteRow(
        ReportWriter console, PathSummary path, long time, string label, int count, string place) =>
        Line(console, string.Create(
            CultureInfo.InvariantCulture,
            $"{path.Share(time) * 100,5:0.0}% {Time(time),10}  {label,-56} {Count(count),7} x  {place}").TrimEnd());

    private static void WriteWaits(ReportWriter console, TimedRun run, RunAttribution attribution)
    {
        var waits = attribution.Stalls
            .GroupBy(s => (s.Key.Core, s.Key.Engine, s.Key.Cause, s.Key.Producer, s.Key.Where))
            .Select(g => (g.Key, Time: g.Sum(s => s.Time), Count: g.Sum(s => s.Count),
                Through: Through([.. g.Select(s => s.Key)])))
            .Where(w => w.Time >= Least * run.Timeline.Elapsed).OrderByDescending(w => w.Time)
            .GroupBy(w => (w.Key.Core, w.Key.Engine))
            .OrderByDescending(g => run.Timeline.Cores[g.Key.Core].Engines[g.Key.Engine - Engine.Tensor].Busy)
            .SelectMany(g => g.Take(MostOfEngine)).Take(MostWaits).ToArray();
        if (waits.Length == 0) return;
        Line(console, "");
        Line(console, "Longest waits, of the busiest engine first");
        foreach (var ((core, engine, cause, producer, where), time, count, through) in waits)
        {
            var who = run.Timeline.Cores.Count > 1
                ? string.Create(CultureInfo.InvariantCulture, $"{engine.Title()} {core}") : engine.Title();
            var label =
                $"{who} for {(cause == Engine.None ? "DMA" : cause.Title())}: {PathSummary.PlaceOf(producer, where)}";
            Line(console, string.Create(
                CultureInfo.InvariantCulture,
                $"{100.0 * time / run.Timeline.Elapsed,5:0.0}% {Time(time),10}  {label,-56} {Count(count),7} x  "
                    + $"{through}").TrimEnd());
        }
    }

    /// <summary>Queues and semaphores through which the signal came.</summary>
    private static string Through(StallKey[] keys)
    {
        int[] queues = [.. keys.Select(k => k.Queue).Where(q => q >= 0).Distinct().Order()];
        string[] semaphores =
            [.. keys.Select(k => k.Semaphore).OfType<Semaphore>().Distinct().OrderBy(s => s.Core).ThenBy(s => s.Number)
            .Select(s => s.Number >= 0 ? string.Create(CultureInfo.InvariantCulture, $"s{s.Number}") : "meeting")];
        if (semaphores.Length == 0) return "a port that both use";
        var queue = queues.Length == 0 ? "" : (queues.Length == 1 ? "queue " : "queues ")
            + Some([.. queues.Select(q => q.ToString(CultureInfo.InvariantCulture))]) + ", ";
        return queue + (semaphores.Length == 1 ? "semaphore " : "semaphores ") + Some(semaphores);
    }

    private static string Some(string[] names) =>
        names.Length <= 4 ? string.Join(", ", names) : string.Join(", ", names.Take(3)) + $" … {names[^1]}";

    private static void WriteRoofline(ReportWriter console, TimedRun run)
    {
        if (RooflineSentence(run) is not { } sentence) return;
        Line(console, "");
        Wrapped(console, "Roofline: " + sentence);
    }

    /// <summary>Where core 0 stands under its roofs; null where nothing is computed or moved.</summary>
    public static string? RooflineSentence(TimedRun run)
    {
        var roofline = run.Roofline(0);
        if (roofline.Bound.Time <= 0) return null;
        var times = roofline.Bounds.Where(b => b.Time >= roofline.Bound.Time / 100)
            .Select(b => $"{UnitName(b.Unit)} {Time(b.Time)}");
        var intensity = roofline.HbmBytes > 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"{roofline.Intensity:0.##} operations for each byte of HBM traffic. ") : "";
        return $"{intensity}At full rate the work takes {string.Join(", ", times)}: bound by "
            + $"{UnitName(roofline.Bound.Unit)}, "
            + $"{Percent(roofline.Bound.Time / run.Timeline.Elapsed)} of that bound is reached";
    }

    private static string UnitName(string unit) => unit switch
    {
        "hbm" => "HBM",
        "dma" => "DMA",
        "gpsimd" => "GpSimd",
        _ => char.ToUpperInvariant(unit[0]) + unit[1..],
    };

    /// <summary>Breaks between words; what follows the first line is set in by two.</summary>
    private static void Wrapped(ReportWriter console, string text)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length + word.Length >= console.Width && line.Length > 0)
            {
                Line(console, line);
                line = " ";
            }

            line += line.Length > 0 ? " " + word : word;
        }

        Line(console, line);
    }

    private static void Line(ReportWriter console, string text) => console.Line(text);
}
