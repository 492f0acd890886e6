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

        if (Largest(busiest) is var (cause, stall) && m.Utilization(stall) >= Notable)
        {
            yield return cause == Engine.None
                ? Text($"{busiest.Engine.Title()} waits {Units.Microseconds(stall):0.0} us for DMA: load earlier, in larger pieces, or into more buffers.")
                : Text($"{busiest.Engine.Title()} waits {Units.Microseconds(stall):0.0} us for {cause.Title()}: give the two more buffers, so that they overlap.");
        }

        var bytesPerTransfer = m.Core.Dma.Transfers > 0 ? m.Core.Dma.Bytes / m.Core.Dma.Transfers : 0;
        if (dma >= Saturated && m.DmaUtilization < Notable)
        {
            yield return Text($"DMA is under way {Percent(dma)} of the time, but its engines move data only {Percent(m.DmaUtilization)}: ")
                + Text($"{m.Core.Dma.Transfers} transfers of {bytesPerTransfer} bytes on average pay their start-up again and again.");
        }
    }

    private static (Engine Cause, long Stall) Largest(EngineTimes engine)
    {
        var cause = 0;
        for (var i = 1; i < engine.Stalls.Count; i++)
        {
            if (engine.Stalls[i] > engine.Stalls[cause]) cause = i;
        }

        return ((Engine)cause, engine.Stalls[cause]);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");
}
