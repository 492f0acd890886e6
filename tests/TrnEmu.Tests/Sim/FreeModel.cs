using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Sim.Models;

namespace TrnEmu.Tests.Sim;

/// <summary>Everything costs nothing, but transfers of more than 512 bytes a row 1 ns.</summary>
internal sealed class FreeModel : ITimingModel
{
    public int Generation => 3;

    public MachineTimes Times { get; } = new();

    public Price Instruction(Engine engine, in Instruction instruction, byte loadedTable) => default;

    public Price Share(in DmaTransfer transfer, int rows) => transfer.RowBytes > 512 ? new Price(1000, 1000) : default;
}
