using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Sim;

namespace TrnEmu.Validation;

/// <summary>Says in a few words what a predicted time consists of.</summary>
internal static class Dominance
{
    /// <summary>A unit that is busy for this share of the time bounds it.</summary>
    private const double Bound = 0.6;

    /// <summary>
    /// The busiest engine, or DMA; where none is busy, whom the engine with most work waits for longest.
    /// </summary>
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

        // Sync only triggers: of the others, the one with most work tells best what the run waits for.
        var worker = core.Engines.Where(e => e.Engine != Engine.Sync).MaxBy(e => e.Busy)!;
        var cause = Enumerable.Range(0, worker.Stalls.Count).MaxBy(c => worker.Stalls[c]);
        var waited = worker.Stalls[cause] / elapsed;
        if (worker.Busy == 0 || (active >= Bound && held > waited)) return Share("DMA under way", active);
        return $"{worker.Engine.Title()} waits for " + Share(cause == 0 ? "DMA" : ((Engine)cause).Title(), waited);
    }

    private static string Share(string what, double share) => FormattableString.Invariant($"{what} {share * 100:0} %");
}
