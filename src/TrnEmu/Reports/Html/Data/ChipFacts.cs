using System.Text.Json;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Reports.Html.Data;

/// <summary>What the page draws of the chip: sizes of memories, roofs, and the rate of its DMA engines.</summary>
internal static class ChipFacts
{
    private const int SmallestPower = 2;
    private const int LargestPower = 16;

    /// <summary>Writes the object.</summary>
    public static void Write(Utf8JsonWriter json, RunResult result, TimedRun run)
    {
        var chip = result.Chip;
        json.WriteStartObject("chip");
        json.WriteString("name", chip.Name);
        json.WriteString("title", chip.Title);
        json.WriteNumber("partitions", Limits.Partitions);
        json.WriteNumber("sbuf", chip.SbufBytesPerPartition.Value);
        json.WriteNumber("banks", chip.PsumBanks.Value);
        json.WriteNumber("bank", chip.PsumBankBytes.Value);
        json.WriteNumber("hbm_gb_per_s", chip.HbmGbPerS.Value);
        json.WriteNumber("read_gb_per_s", Math.Min(chip.HbmGbPerS, chip.Dma.CoreReadGbPerS));
        json.WriteNumber("dma_gb_per_s", Limits.DmaEngines * chip.Dma.BytesPerCycle * chip.Dma.ClockGhz);
        json.WriteNumber("clock_ghz", chip.Tensor.ClockGhz.Value);
        json.WriteStartArray("peak_tflops");
        foreach (var peak in Peaks(result, run)) json.WriteNumberValue(double.IsFinite(peak) ? peak : 0);
        json.WriteEndArray();
        WriteCurve(json, run);
        json.WriteEndObject();
    }

    /// <summary>Operations in a picosecond at full rate, by engine, 0 for no limit.</summary>
    private static double[] Peaks(RunResult result, TimedRun run)
    {
        double Lanes(Quantity clock) => Limits.Partitions * clock.Value / 1e3;
        var chip = result.Chip;
        var tensor = new RunMetrics(result, run.Timeline).ArrayPeakTflops;
        return [0, tensor, Lanes(chip.Vector.ClockGhz), Lanes(chip.Scalar.ClockGhz), Lanes(chip.Gpsimd.ClockGhz), 0];
    }

    /// <summary>Bytes in one piece, and the share of an engine's rate that pieces of this size reach.</summary>
    private static void WriteCurve(Utf8JsonWriter json, TimedRun run)
    {
        var peak = run.Chip.Dma.BytesPerCycle * run.Chip.Dma.ClockGhz / 1e3;
        json.WriteStartArray("dma_curve");
        for (var power = 2 * SmallestPower; power <= 2 * LargestPower; power++)
        {
            var bytes = (long)Math.Round(Math.Pow(2, power / 2.0));
            var transfer = new DmaTransfer(
                MemorySpace.Hbm, MemorySpace.Sbuf, 0, Limits.Partitions, 2 * bytes, 2, DType.Bf16);
            json.WriteStartArray();
            json.WriteNumberValue(bytes);
            var rate = 2 * bytes * Limits.PartitionsPerDmaEngine / (run.Share(transfer).Occupancy * peak);
            json.WriteNumberValue(double.IsFinite(rate) ? rate : 1);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
