using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class RegisterMoveOracle : IOracle<RegisterMove>
{
    public void Run(RegisterMove operation, OracleMachine machine) => machine.Registers[operation.Dst.Number] =
        operation.Src.Register is { } source ? machine.Registers.GetValueOrDefault(source.Number) : operation.Src.Value;
}
