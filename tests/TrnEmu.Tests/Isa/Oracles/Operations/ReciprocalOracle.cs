using TrnEmu.Core.Isa.Operations.Vector;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class ReciprocalOracle : IOracle<Reciprocal>
{
    public void Run(Reciprocal operation, OracleMachine machine) =>
        machine.Write(operation.Dst, machine.Read(operation.Data).Select(x => 1 / x).ToArray());
}
