using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class TensorCopyOracle : IOracle<TensorCopy>
{
    public void Run(TensorCopy operation, OracleMachine machine) => machine.Copy(operation.Dst, operation.Src);
}
