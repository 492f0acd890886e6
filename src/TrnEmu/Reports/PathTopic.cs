using TrnEmu.Core.Isa;
using TrnEmu.Sim.Attribution;

namespace TrnEmu.Reports;

/// <summary>Parts of the critical path that one sentence is about.</summary>
/// <param name="Theme">What they are about.</param>
/// <param name="Engine">The engine that works.</param>
/// <param name="Parts">The parts, longest first.</param>
internal sealed record PathTopic(PathTheme Theme, Engine Engine, IReadOnlyList<PathPart> Parts)
{
    private const double Apart = 0.6;
    private const double NearlyAll = 0.9;

    /// <summary>Picoseconds.</summary>
    public long Time { get; } = Parts.Sum(p => p.Time);

    /// <summary>Costs without which this topic is gone.</summary>
    public Costs Costs => Theme switch
    {
        PathTheme.Work => Engine.Work(),
        PathTheme.Slowed => Costs.WarmUp,
        PathTheme.TableLoad => Costs.TableLoad,
        PathTheme.HandOver => Costs.HandOver,
        PathTheme.Generation => Costs.Generation,
        PathTheme.DmaLatency when Parts.Any(p => p.Key.Kind == PathKind.Generation) =>
            Costs.Generation | Costs.DmaLatency,
        PathTheme.DmaLatency => Costs.DmaLatency,
        _ => Costs.DmaData,
    };

    /// <summary>Loads, stores or copies; transfers where no kind is nearly all of them.</summary>
    public string Plural => Most is var (kind, time) && time >= NearlyAll * Time ? kind : "transfers";

    /// <summary>The same, with their part in the time where others are among them: transfers (97 % loads).</summary>
    public string Transfers => Most is var (kind, time) && time < Time && time >= NearlyAll * Time
        ? $"transfers ({ReportText.Percent((double)time / Time)} {kind})" : Plural;

    private (string Kind, long Time) Most =>
        Parts.GroupBy(p => p.Key.Plural).Select(g => (g.Key, g.Sum(p => p.Time))).MaxBy(g => g.Item2);

    /// <summary>
    /// The topics of a path, longest first. Making descriptors is one of its own where it is most of what starting
    /// transfers takes: then the generators are what is waited for, not each transfer.
    /// </summary>
    public static PathTopic[] Of(PathSummary path)
    {
        var starting = path.Parts.Where(p => p.Key.Theme is PathTheme.DmaLatency).Sum(p => p.Time);
        var made = path.Parts.Where(p => p.Key.Kind == PathKind.Generation).Sum(p => p.Time);
        var isApart = made > Apart * starting;
        return Of(path, p => isApart && p.Key.Kind == PathKind.Generation ? PathTheme.Generation : p.Key.Theme);
    }

    private static PathTopic[] Of(PathSummary path, Func<PathPart, PathTheme> themeOf) =>
    [
        .. path.Parts
            .GroupBy(p => (Theme: themeOf(p), Engine: p.Key.Theme == PathTheme.Work ? p.Key.Engine : Engine.None))
            .Select(g => new PathTopic(g.Key.Theme, g.Key.Engine, [.. g.OrderByDescending(p => p.Time)]))
            .OrderByDescending(t => t.Time),
    ];
}
