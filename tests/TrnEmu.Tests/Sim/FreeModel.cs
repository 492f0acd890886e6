using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Sim.Models;

namespace TrnEmu.Tests.Sim;

/// <summary>Everything costs nothing.</summary>
internal sealed class FreeModel : ITimingModel
{
    public int Generation => 3;

    public MachineTimes Times { get; } = new();

    public Price Instruction(Engine engine, in Instruction instruction, byte loadedTable) => default;

    public Price Share(in DmaTransfer transfer, int rows) => default;
}
