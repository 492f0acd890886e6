using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>dst = src; rows of a gather or scatter one after the other, an index outside skips or faults.</summary>
internal sealed class DmaCopyOracle : IOracle<DmaCopy>
{
    public void Run(DmaCopy operation, OracleMachine machine)
    {
        if (IsVector(operation.Dst) || IsVector(operation.Src)) Rows(operation, machine);
        else if (operation.OobMode == OobMode.Error
            || !(machine.IsOutside(operation.Src) || machine.IsOutside(operation.Dst)))
            machine.Copy(operation.Dst, operation.Src);
    }

    private static void Rows(DmaCopy operation, OracleMachine machine)
    {
        for (var row = 0; row < operation.Dst.Partitions; row++)
        {
            if (machine.Row(operation.Dst, row) is { } dst
                && machine.Row(operation.Src, row) is { } src) machine.Copy(dst, src, row);
            else if (operation.OobMode == OobMode.Error) throw new OracleFault(FaultCodes.DynamicAddress);
        }
    }

    private static bool IsVector(in AccessPattern p) => p.Dynamic.Kind == OffsetKind.Vector;
}
