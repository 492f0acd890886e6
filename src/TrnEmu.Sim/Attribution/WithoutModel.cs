using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Sim.Models;

namespace TrnEmu.Sim.Attribution;

/// <summary>
/// A model some of whose costs are zero. Timed under it, a program tells the most that any change of that kind could
/// gain. What engines and transfers share they go on sharing.
/// </summary>
public sealed class WithoutModel(ITimingModel model, Costs without) : ITimingModel
{
    /// <inheritdoc/>
    public int Generation => model.Generation;

    /// <inheritdoc/>
    public MachineTimes Times { get; } = Of(model.Times, without);

    /// <inheritdoc/>
    public Price Instruction(Engine engine, in Instruction instruction, byte loadedTable)
    {
        var table = without.HasFlag(Costs.TableLoad) ? instruction.Table : loadedTable;
        var price = model.Instruction(engine, instruction, table);
        var left = Left(price, without.HasFlag(engine.Work()), without.HasFlag(Costs.HandOver));
        return left with { Stream = Math.Min(price.Stream, left.Occupancy) };
    }

    /// <inheritdoc/>
    public ushort Claims(Engine engine, in Instruction instruction) => model.Claims(engine, instruction);

    /// <inheritdoc/>
    public double ChannelsPerByte(in DmaTransfer transfer) =>
        without.HasFlag(Costs.DmaData) ? 0 : model.ChannelsPerByte(transfer);

    /// <inheritdoc/>
    public Price Share(in DmaTransfer transfer, int rows) => Left(
        model.Share(transfer, rows), without.HasFlag(Costs.DmaData), without.HasFlag(Costs.DmaLatency));

    /// <summary>
    /// A price without the occupancy, without what the latency has beyond it, or without both. Work whose effect is
    /// there before its unit is free has nothing beyond it.
    /// </summary>
    private static Price Left(in Price price, bool isFree, bool isAtOnce)
    {
        var occupancy = isFree ? 0 : price.Occupancy;
        var beyond = price.Latency - price.Occupancy;
        return new Price(occupancy, Math.Max(0, occupancy + (isAtOnce ? Math.Min(0, beyond) : beyond)));
    }

    private static MachineTimes Of(MachineTimes times, Costs without)
    {
        if (without.HasFlag(Costs.Generation)) times = times with { Generation = 0 };
        if (without.HasFlag(Costs.HandOver)) times = times with { Semaphore = 0 };
        if (without.HasFlag(Costs.WarmUp)) times = times with { WarmUp = 0 };
        if (without.HasFlag(Costs.DmaData))
            times = times with { CoreReadPerByte = 0, CoreWritePerByte = 0, ChipPerByte = 0 };
        return without.HasFlag(Costs.DmaLatency)
            ? times with { DmaEndToEngine = 0, TriggerToPacket = new long[times.TriggerToPacket.Count] } : times;
    }
}
