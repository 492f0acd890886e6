using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.GpSimd;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>The low bits of each number; Vector unless GpSimd is named.</summary>
internal sealed class RngOracle : IOracle<Rng>
{
    public void Run(Rng o, OracleMachine machine)
    {
        var engine = machine.Engine == Engine.GpSimd ? Engine.GpSimd : Engine.Vector;
        machine.WriteBits(o.Dst, RandomDraws.Of(machine, engine, o.Dst));
    }
}
