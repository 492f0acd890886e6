using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Sim.Models;

namespace TrnEmu.Tests.Sim.Attribution;

/// <summary>
/// A model in which one instruction of the stream, told by how often prices were asked for, completes later, and lets go
/// of its engine later if asked.
/// </summary>
internal sealed class DelayedModel(ITimingModel model, int instruction, long latency, long occupancy = 0) : ITimingModel
{
    private int _asked;

    public int Generation => model.Generation;

    public MachineTimes Times => model.Times;

    public Price Instruction(Engine engine, in Instruction work, byte loadedTable)
    {
        var price = model.Instruction(engine, work, loadedTable);
        return _asked++ == instruction
            ? price with { Latency = price.Latency + latency, Occupancy = price.Occupancy + occupancy } : price;
    }

    public Price Share(in DmaTransfer transfer, int rows) => model.Share(transfer, rows);
}
