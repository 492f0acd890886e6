using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>The words as they are given; GpSimd unless Vector is named.</summary>
internal sealed class RandSetStateOracle : IOracle<RandSetState>
{
    public void Run(RandSetState o, OracleMachine machine)
    {
        var engine = machine.Engine == Engine.Vector ? Engine.Vector : Engine.GpSimd;
        var (words, free) = (machine.ReadBits(o.SrcSeeds), (int)o.SrcSeeds.Free);
        for (var row = 0; row < o.SrcSeeds.Partitions; row++)
            words.AsSpan(row * free, free).CopyTo(machine.Random[engine, machine.LaneOf(o.SrcSeeds) + row]);
    }
}
