using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;

namespace TrnEmu.Sim.Models;

/// <summary>Prices of a DMA engine.</summary>
internal sealed class DmaPrices(DmaTimes times)
{
    private const int SemaphoreBytes = 4;

    /// <summary>
    /// Rows that are contiguous on both sides go as packets of up to eight rows; otherwise each contiguous run, or each
    /// gathered row, is a packet of its own. A transposing DMA reads whole rows and is slower by its rate.
    /// </summary>
    public Price Share(in DmaTransfer transfer, int rows)
    {
        var data = DataNs(transfer, rows);
        var basis = Units.Worse(times.BytesPerCycle.Basis, times.ClockGhz.Basis);
        if (transfer.Kind == DmaKind.Transpose) data /= Rate(transfer);
        var written = Units.Picoseconds(times.WriteLatencyNs);
        var dataTime = Units.Picoseconds(data);
        return new Price(
            dataTime + Units.Picoseconds(PacketNs(SemaphoreBytes)), dataTime + written,
            BasisTime.Of(basis, dataTime) + BasisTime.Of(times.WriteLatencyNs.Basis, written));
    }

    public double PacketNs(long bytes) =>
        Units.Nanoseconds(Math.Ceiling(bytes / times.BytesPerCycle) + times.PacketOverheadCycles, times.ClockGhz);

    private double DataNs(in DmaTransfer transfer, int rows)
    {
        if (rows == 0) return 0;
        var runs = transfer.Kind == DmaKind.Transpose ? 1 : Math.Max(1, transfer.RunsPerRow);
        var runBytes = (transfer.RowBytes + runs - 1) / runs;
        var isElement = runBytes <= times.ElementBytes;
        if (isElement) return (double)rows * runs * Math.Max(PacketNs(runBytes), times.ElementNs);
        if (runs > 1 || transfer.Kind == DmaKind.Gather) return (double)rows * runs * PacketNs(runBytes);
        var whole = rows / Limits.PartitionsPerDmaEngine;
        var rest = rows % Limits.PartitionsPerDmaEngine;
        return whole * PacketNs(Limits.PartitionsPerDmaEngine * transfer.RowBytes)
            + (rest > 0 ? PacketNs(rest * transfer.RowBytes) : 0);
    }

    private double Rate(in DmaTransfer transfer) =>
        transfer.Source == MemorySpace.Hbm ? times.TransposeHbmRate : times.TransposeSbufRate;
}
