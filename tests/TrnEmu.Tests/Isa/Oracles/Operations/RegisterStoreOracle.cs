using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class RegisterStoreOracle : IOracle<RegisterStore>
{
    public void Run(RegisterStore operation, OracleMachine machine) =>
        machine.WriteBits(operation.Dst, [(uint)machine.Registers.GetValueOrDefault(operation.Src.Number)]);
}
