using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Tensor;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// Bits, but a product with the identity on the Tensor engine of generation 2; later ones write at least 16 bits.
/// </summary>
internal sealed class NcTransposeOracle : IOracle<NcTranspose>
{
    private const int VectorSide = 32;

    public void Run(NcTranspose operation, OracleMachine machine)
    {
        var data = operation.Data;
        var isTensor = machine.Engine == Engine.Tensor
            || (machine.Engine == Engine.None && (data.Partitions > VectorSide || data.Free > VectorSide));
        if (!isTensor || machine.Generation > 2)
        {
            Transposition.Move(machine, operation.Dst, data, isWide: isTensor);
            return;
        }

        var identity = new float[data.Partitions * data.Partitions];
        for (var i = 0; i < data.Partitions; i++) identity[i * data.Partitions + i] = 1;
        machine.Write(operation.Dst, Product.Of(machine.Read(data), identity, data.Partitions));
    }
}
