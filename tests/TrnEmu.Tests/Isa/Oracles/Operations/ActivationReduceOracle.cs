using TrnEmu.Core.Isa.Operations.Scalar;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class ActivationReduceOracle : IOracle<ActivationReduce>
{
    public void Run(ActivationReduce o, OracleMachine machine) =>
        Activate.Run(machine, o.Dst, o.Op, o.Data, o.Bias, o.Scale, ReduceCommand.ResetReduce, o.ReduceRes);
}
