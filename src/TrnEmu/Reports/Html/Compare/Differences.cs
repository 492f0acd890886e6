using System.Globalization;
using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports.Html.Compare;

/// <summary>Why one run takes longer than another, in sentences.</summary>
internal static class Differences
{
    private const double Same = 0.005;
    private const double Notable = 0.05;
    private const int Most = 3;
    private const double PicosecondsPerMicrosecond = 1e6;

    /// <summary>Sentences about a run against the first one, most important first.</summary>
    public static IEnumerable<string> Of(RunFacts first, RunFacts run)
    {
        var by = run.Time - first.Time;
        if (Math.Abs(by) < Same * first.Time)
        {
            yield return $"{run.Label} takes as long as {first.Label}: {Us(run.Time)}.";
            yield break;
        }

        var ratio = by < 0 ? first.Time / run.Time : run.Time / first.Time;
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{run.Label} is {ratio:0.00} times as {(by < 0 ? "fast" : "slow")} as {first.Label}: "
            + $"{Us(first.Time)} become {Us(run.Time)}.");
        if (Path(first, run, by) is { Length: > 0 } path) yield return path;
        if (Operations(first, run, by) is { Length: > 0 } operations) yield return operations;
        if (Engines(first, run) is { Length: > 0 } engines) yield return engines;
        if (Bytes(first, run) is { Length: > 0 } bytes) yield return bytes;
    }

    /// <summary>What the critical path spends less or more time on.</summary>
    private static string Path(RunFacts first, RunFacts run, double by) =>
        Changes(first.PathParts(), run.PathParts(), by) is { Count: > 0 } changes
            ? $"On the critical path: {Listed(changes)}." : "";

    private static string Operations(RunFacts first, RunFacts run, double by)
    {
        var before = first.Numbers("critical_path", "by_operation");
        var changes = Changes(before, run.Numbers("critical_path", "by_operation"), by);
        return changes.Count > 0
            ? $"By operation: {Listed(changes, name => Calls(first, run, name))}." : "";
    }

    private static string Calls(RunFacts first, RunFacts run, string name)
    {
        var (before, after) = (first.Number("instructions_by_name", name), run.Number("instructions_by_name", name));
        return before == after ? "" : $" ({Count((long)before)} calls, now {Count((long)after)})";
    }

    private static string Engines(RunFacts first, RunFacts run)
    {
        var changes = EngineTable.Names
            .Select(e => (Name: EngineTable.Title(e), Before: Busy(first, e), After: Busy(run, e)))
            .Where(c => Math.Abs(c.After - c.Before) > Notable * first.Time)
            .OrderByDescending(c => Math.Abs(c.After - c.Before)).Take(Most).ToArray();
        return changes.Length > 0
            ? $"Engines at work: {Listed(changes)}." : "";
    }

    private static double Busy(RunFacts run, string engine) => run.Number("engines", engine, "busy_us");

    private static string Bytes(RunFacts first, RunFacts run)
    {
        static double Moved(RunFacts r) => r.Number("hbm", "bytes_read") + r.Number("hbm", "bytes_written");
        static string Transfers(RunFacts r) => $"{Count((long)r.Number("dma", "transfers"))} transfers";
        var (before, after) = (Moved(first), Moved(run));
        var (count, now) = (first.Number("dma", "transfers"), run.Number("dma", "transfers"));
        return Math.Abs(after - before) <= Notable * before && Math.Abs(now - count) <= Notable * count ? ""
            : $"HBM traffic: {ReportText.Bytes(before)} in {Transfers(first)}, "
                + $"now {ReportText.Bytes(after)} in {Transfers(run)}.";
    }

    private static List<(string Name, double Before, double After)> Changes(
        Dictionary<string, double> before, Dictionary<string, double> after, double by) =>
    [
        .. before.Keys.Union(after.Keys)
            .Select(k => (Name: k, Before: before.GetValueOrDefault(k), After: after.GetValueOrDefault(k)))
            .Where(c => Math.Abs(c.After - c.Before) > Notable * Math.Abs(by))
            .OrderByDescending(c => Math.Abs(c.After - c.Before))
            .ThenBy(c => c.Name, StringComparer.Ordinal).Take(Most),
    ];

    private static string Listed(
        IEnumerable<(string Name, double Before, double After)> changes, Func<string, string>? more = null) =>
        string.Join("; ", changes.Select(c => $"{c.Name} {Change(c.Before, c.After)}{more?.Invoke(c.Name)}"));

    private static string Change(double before, double after) => $"{Us(before)}, now {Us(after)}";

    /// <summary>Microseconds as the other reports write them.</summary>
    public static string Us(double us) => Time(us * PicosecondsPerMicrosecond);
}
