using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Sim.Models;

namespace TrnEmu.Sim.Attribution;

/// <summary>
/// A model some of whose costs are zero. Timed under it, a program tells the most that any change of that kind could gain.
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
        var occupancy = without.HasFlag(engine.Work()) ? 0 : price.Occupancy;
        var latency = without.HasFlag(Costs.HandOver) ? 0 : price.Latency - price.Occupancy;
        return new Price(occupancy, occupancy + latency, Stream: Math.Min(price.Stream, occupancy));
    }

    /// <inheritdoc/>
    public Price Share(in DmaTransfer transfer, int rows)
    {
        var price = model.Share(transfer, rows);
        var occupancy = without.HasFlag(Costs.DmaData) ? 0 : price.Occupancy;
        var latency = without.HasFlag(Costs.DmaLatency) ? 0 : Math.Max(0, price.Latency - price.Occupancy);
        return new Price(occupancy, occupancy + latency);
    }

    private static MachineTimes Of(MachineTimes times, Costs without)
    {
        if (without.HasFlag(Costs.Generation)) times = times with { Generation = 0 };
        if (without.HasFlag(Costs.HandOver)) times = times with { Semaphore = 0 };
        if (without.HasFlag(Costs.WarmUp)) times = times with { WarmUp = 0 };
        if (without.HasFlag(Costs.DmaData)) times = times with { CoreReadPerByte = 0, CoreWritePerByte = 0, ChipPerByte = 0 };
        return without.HasFlag(Costs.DmaLatency)
            ? times with { DmaEndToEngine = 0, TriggerToPacket = new long[times.TriggerToPacket.Count] } : times;
    }
}
