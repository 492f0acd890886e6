using TrnEmu.Core.Chips;

namespace TrnEmu.Sim.Models;

/// <summary>A chip's numbers as <see cref="MachineTimes"/>.</summary>
internal static class ChipTimes
{
    /// <summary>Converts; options switch the warm-up off or choose how descriptors are made.</summary>
    public static MachineTimes Of(Chip chip, IReadOnlyList<IssueTimes> issue, TimeOptions options) => new()
    {
        Semaphore = Units.Picoseconds(chip.SemaphoreNs),
        DmaEndToEngine = Units.Picoseconds(chip.Dma.EndToEngineNs),
        TriggerToPacket = [.. issue.Select(i => Units.Picoseconds(i.TriggerToPacketNs))],
        Generation = Units.Picoseconds(chip.Dma.GenerationNs),
        GenerationBasis = Of(chip.Dma.GenerationNs),
        GeneratesByDefault = chip.Dma.HardwareGeneration.Value > 0,
        Descriptors = options.Descriptors,
        WarmUp = options.WarmUp ? Units.Picoseconds(chip.Tensor.WarmUpNs) : 0,
        CoolDown = Units.Picoseconds(chip.Tensor.CoolDownNs),
        ColdRate = chip.Tensor.ColdRate,
        OrdersWrites = chip.Dma.OrderedWrites.Value > 0,
        Arbitrates = chip.Shared.Arbitration.Value > 0,
        CoreReadPerByte = Units.PicosecondsPerNanosecond / chip.Dma.CoreReadGbPerS,
        CoreWritePerByte = Units.PicosecondsPerNanosecond / chip.Dma.CoreWriteGbPerS,
        ChipPerByte = Units.PicosecondsPerNanosecond / chip.HbmGbPerS,
        Preamble = Units.Picoseconds(chip.Runtime.PreambleNs),
        Epilogue = Units.Picoseconds(chip.Runtime.EpilogueNs),
        TransferBasis = [.. issue.Select(i => Of(i.TriggerToPacketNs) + Of(chip.Dma.EndToEngineNs))],
    };

    private static BasisTime Of(Quantity ns) => BasisTime.Of(ns.Basis, Units.Picoseconds(ns));
}
