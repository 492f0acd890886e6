using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Models;
using static TrnEmu.Reports.ReportText;

namespace TrnEmu.Reports;

/// <summary>How near a transfer comes to the rate of the DMA engines.</summary>
internal static class DmaRate
{
    private const double Good = 0.9;
    private const int Longer = 4;

    /// <summary>What keeps it from the full rate, and what longer rows would reach.</summary>
    public static string Sentence(TimedRun run, in DmaTransfer transfer)
    {
        var engines = Math.Min(
            Limits.DmaEngines, (transfer.Rows + Limits.PartitionsPerDmaEngine - 1) / Limits.PartitionsPerDmaEngine);
        var few = engines < Limits.DmaEngines
            ? $"its {transfer.Rows} rows use {engines} of the {Limits.DmaEngines} DMA engines; " : "";
        var rate = Of(run, transfer);
        var piece = transfer.RunsPerRow > 1 ? "pieces" : "rows";
        var bytes = (double)transfer.RowBytes / Math.Max(1, transfer.RunsPerRow);
        var reached = $"{few}{piece} of {Bytes(bytes)} reach {Percent(rate)} of an engine's rate";
        if (rate >= Good) return $"{reached}, so only fewer bytes help, or starting earlier.";
        var longer = Of(run, transfer with { RowBytes = transfer.RowBytes * Longer });
        return $"{reached}, {piece} of {Bytes(bytes * Longer)} would reach {Percent(longer)}.";
    }

    /// <summary>Bytes of a full share over those that the engine could move meanwhile.</summary>
    private static double Of(TimedRun run, in DmaTransfer transfer)
    {
        var price = run.Share(transfer);
        var peak = run.Chip.Dma.BytesPerCycle * run.Chip.Dma.ClockGhz / Units.PicosecondsPerNanosecond;
        return transfer.RowBytes * Limits.PartitionsPerDmaEngine / (price.Occupancy * peak);
    }
}
