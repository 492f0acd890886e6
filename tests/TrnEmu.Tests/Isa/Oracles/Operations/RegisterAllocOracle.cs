using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class RegisterAllocOracle : IOracle<RegisterAlloc>
{
    public void Run(RegisterAlloc operation, OracleMachine machine)
    {
        if (operation.X is { } value) machine.Registers[operation.Dst.Number] = value;
    }
}
