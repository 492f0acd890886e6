using TrnEmu.Core.Isa.Operations.Dma;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class DmaTransposeOracle : IOracle<DmaTranspose>
{
    public void Run(DmaTranspose operation, OracleMachine machine) =>
        Transposition.Move(machine, operation.Dst, operation.Src);
}
