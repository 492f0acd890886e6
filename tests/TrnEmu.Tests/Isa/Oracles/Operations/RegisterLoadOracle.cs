using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class RegisterLoadOracle : IOracle<RegisterLoad>
{
    public void Run(RegisterLoad operation, OracleMachine machine) => machine.Registers[operation.Dst.Number] =
        (int)Numbers.IntegerValue(operation.Src.DType, machine.ReadBits(operation.Src)[0]);
}
