using TrnEmu.Core.Isa.Operations.GpSimd;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class SetRngSeedOracle : IOracle<SetRngSeed>
{
    public void Run(SetRngSeed o, OracleMachine machine)
    {
        machine.See(o.SrcSeeds);
        machine.Random.Seed(machine.ReadBits(o.SrcSeeds)[0]);
    }
}
