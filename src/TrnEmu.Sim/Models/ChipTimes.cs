using TrnEmu.Core.Chips;

namespace TrnEmu.Sim.Models;

/// <summary>A chip's numbers as <see cref="MachineTimes"/>.</summary>
internal static class ChipTimes
{
    /// <summary>Converts; options switch the warm-up off or choose how descriptors are made.</summary>
    public static MachineTimes Of(Chip chip, IReadOnlyList<IssueTimes> issue, TimeOptions options)
    {
        var generates = options.Descriptors switch
        {
            DescriptorMode.Prebuilt => false,
            DescriptorMode.Hardware => true,
            _ => chip.Dma.HardwareGeneration.Value > 0,
        };
        return new MachineTimes
        {
            Semaphore = Units.Picoseconds(chip.SemaphoreNs),
            DmaEndToEngine = Units.Picoseconds(chip.Dma.EndToEngineNs),
            TriggerToPacket = [.. issue.Select(i => Units.Picoseconds(i.TriggerToPacketNs))],
            Generation = generates ? Units.Picoseconds(chip.Dma.GenerationNs) : 0,
            WarmUp = options.WarmUp ? Units.Picoseconds(chip.Tensor.WarmUpNs) : 0,
            CoolDown = Units.Picoseconds(chip.Tensor.CoolDownNs),
            ColdRate = chip.Tensor.ColdRate,
            CoreReadPerByte = Units.PicosecondsPerNanosecond / chip.Dma.CoreReadGbPerS,
            CoreWritePerByte = Units.PicosecondsPerNanosecond / chip.Dma.CoreWriteGbPerS,
            ChipPerByte = Units.PicosecondsPerNanosecond / chip.HbmGbPerS,
            Preamble = Units.Picoseconds(chip.Runtime.PreambleNs),
            Epilogue = Units.Picoseconds(chip.Runtime.EpilogueNs),
            TransferBasis = [.. issue.Select(i => TransferBasis(chip.Dma, i, generates))],
        };
    }

    private static BasisTime TransferBasis(DmaTimes dma, IssueTimes issue, bool generates)
    {
        var sum = Of(issue.TriggerToPacketNs) + Of(dma.EndToEngineNs);
        return generates ? sum + Of(dma.GenerationNs) : sum;
    }

    private static BasisTime Of(Quantity ns) => BasisTime.Of(ns.Basis, Units.Picoseconds(ns));
}
