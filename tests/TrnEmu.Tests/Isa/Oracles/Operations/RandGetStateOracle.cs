using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class RandGetStateOracle : IOracle<RandGetState>
{
    public void Run(RandGetState o, OracleMachine machine)
    {
        var engine = machine.Engine == Engine.Vector ? Engine.Vector : Engine.GpSimd;
        machine.WriteBits(o.Dst, [.. Enumerable.Range(machine.LaneOf(o.Dst), o.Dst.Partitions)
            .SelectMany(lane => machine.Random[engine, lane])]);
    }
}
