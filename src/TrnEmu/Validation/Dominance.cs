using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Sim;

namespace TrnEmu.Validation;

/// <summary>Says in a few words what a predicted time consists of.</summary>
internal static class Dominance
{
    /// <summary>A unit that is busy for this share of the time bounds it.</summary>
    private const double Bound = 0.6;

    /// <summary>The busiest engine, or DMA; where none is busy, the longest wait.</summary>
    public static string Of(Timeline timeline)
    {
        double elapsed = Math.Max(1, timeline.Elapsed);
        var core = timeline.Cores[0];
        var engine = core.Engines.MaxBy(e => e.Busy)!;
        var held = core.Dma.Busy / (elapsed * Limits.DmaEngines);
        var active = core.Dma.Active / elapsed;
        if (Math.Max(engine.Busy / elapsed, held) >= Bound)
        {
            return engine.Busy / elapsed >= held
                ? Share($"{engine.Engine.Title()} busy", engine.Busy / elapsed) : Share("DMA engines held", held);
        }

        var waits = core.Engines.SelectMany(e => e.Stalls.Select((stall, cause) => (e.Engine, Cause: (Engine)cause, stall)));
        var (waiting, cause, longest) = waits.Where(w => w.Engine != Engine.Sync).MaxBy(w => w.stall);
        if (active >= Bound && held > longest / elapsed) return Share("DMA under way", active);
        var whom = cause == Engine.None ? Share("DMA", longest / elapsed) : Share(cause.Title(), longest / elapsed);
        return longest > 0 ? $"{waiting.Title()} waits for {whom}" : Share($"{engine.Engine.Title()} busy", engine.Busy / elapsed);
    }

    private static string Share(string what, double share) => FormattableString.Invariant($"{what} {share * 100:0} %");
}
