using TrnEmu.Core.Isa;
using TrnEmu.Sim.Attribution;

namespace TrnEmu.Reports;

/// <summary>Parts of the critical path that one sentence is about.</summary>
/// <param name="Theme">What they are about.</param>
/// <param name="Direction">Of transfers.</param>
/// <param name="Engine">The engine that works.</param>
/// <param name="Parts">The parts, longest first.</param>
internal sealed record PathTopic(PathTheme Theme, Direction Direction, Engine Engine, IReadOnlyList<PathPart> Parts)
{
    /// <summary>Picoseconds.</summary>
    public long Time { get; } = Parts.Sum(p => p.Time);

    /// <summary>Costs without which this topic is gone.</summary>
    public Costs Costs => Theme switch
    {
        PathTheme.Work => Engine.Work(),
        PathTheme.Slowed => Costs.WarmUp,
        PathTheme.HandOver => Costs.HandOver,
        PathTheme.DmaLatency => Costs.Generation | Costs.DmaLatency,
        _ => Costs.DmaData,
    };

    /// <summary>The topics of a path, longest first.</summary>
    public static PathTopic[] Of(PathSummary path) =>
    [
        .. path.Parts
            .GroupBy(p => (p.Key.Theme, p.Key.Direction, Engine: p.Key.Theme == PathTheme.Work ? p.Key.Engine : Engine.None))
            .Select(g => new PathTopic(g.Key.Theme, g.Key.Direction, g.Key.Engine, [.. g.OrderByDescending(p => p.Time)]))
            .OrderByDescending(t => t.Time),
    ];
}
