using System.Globalization;
using TrnEmu.Core.Isa;
using TrnEmu.Sim;
using TrnEmu.Sim.Models;

namespace TrnEmu.Reports;

/// <summary>What bounds a run, in plain sentences.</summary>
internal static class Hints
{
    private const double Saturated = 0.8;
    private const double Notable = 0.2;

    /// <summary>One sentence on what bounds the run, and one on what its busiest engine waits for.</summary>
    public static IEnumerable<string> Of(RunMetrics m)
    {
        var busiest = m.Core.Engines.MaxBy(e => e.Busy)!;
        var share = m.Utilization(busiest.Busy);
        var dma = m.Utilization(m.Core.Dma.Active);
        if (share >= Saturated)
            yield return Text($"{busiest.Engine.Title()} is busy {Percent(share)} of the time: the run is bound by its work.");
        else if (m.DmaUtilization >= Saturated)
            yield return Text($"The DMA engines move data {Percent(m.DmaUtilization)} of the time: the run is bound by memory bandwidth.");
        else
            yield return Text($"No engine is busy more than {Percent(share)} of the time ({busiest.Engine.Title()}): the run is bound by waiting, not by work.");

        var (waiting, cause, stall) = Root(m.Core.Engines, busiest);
        if (m.Utilization(stall) >= Notable)
        {
            var waits = Text($"{waiting.Title()} waits {Units.Microseconds(stall):0.0} us for ");
            yield return cause == Engine.None
                ? waits + "DMA: load earlier, in larger pieces, or into more buffers."
                : waits + Text($"{cause.Title()}: what {waiting.Title()} needs next is {cause.Title()}'s result; work on other data would fill the time.");
        }

        var bytesPerTransfer = m.Core.Dma.Transfers > 0 ? m.Core.Dma.Bytes / m.Core.Dma.Transfers : 0;
        if (dma >= Saturated && m.DmaUtilization < Notable)
        {
            yield return Text($"DMA is under way {Percent(dma)} of the time, but its engines move data only {Percent(m.DmaUtilization)}: ")
                + Text($"{m.Core.Dma.Transfers} transfers of {bytesPerTransfer} bytes on average pay their start-up again and again.");
        }
    }

    /// <summary>
    /// Follows the longest wait of the busiest engine to the engine it waits for, and so on, to DMA (None) or back to an
    /// engine that was seen: who waits there, for whom, how long.
    /// </summary>
    private static (Engine Waiting, Engine Cause, long Stall) Root(IReadOnlyList<EngineTimes> engines, EngineTimes busiest)
    {
        var seen = new HashSet<Engine>();
        var (engine, cause, stall) = Longest(busiest);
        while (cause != Engine.None && seen.Add(engine))
        {
            var next = Longest(engines.First(e => e.Engine == cause));
            if (seen.Contains(next.Cause) || next.Stall < stall / 2) break;
            (engine, cause, stall) = next;
        }

        return (engine, cause, stall);
    }

    private static (Engine Waiting, Engine Cause, long Stall) Longest(EngineTimes engine) =>
        engine.Stalls.Select((stall, cause) => (engine.Engine, (Engine)cause, stall)).MaxBy(w => w.stall);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");
}
