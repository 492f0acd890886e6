using TrnEmu.Core.Isa.Operations.Scalar;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class ActivationOracle : IOracle<Activation>
{
    public void Run(Activation o, OracleMachine machine) =>
        Activate.Run(machine, o.Dst, o.Op, o.Data, o.Bias, o.Scale, o.ReduceCmd, o.ReduceRes);
}
