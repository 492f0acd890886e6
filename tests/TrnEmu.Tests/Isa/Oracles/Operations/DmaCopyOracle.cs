using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>dst = src; rows of a gather or scatter one after the other, an index outside skips or faults.</summary>
internal sealed class DmaCopyOracle : IOracle<DmaCopy>
{
    public void Run(DmaCopy operation, OracleMachine machine)
    {
        if (IsVector(operation.Dst) || IsVector(operation.Src)) Rows(operation, machine);
        else if (operation.OobMode == OobMode.Error
            || !(machine.IsOutside(operation.Src) || machine.IsOutside(operation.Dst)))
        {
            if (operation.Dst.IsDynamic || operation.Src.IsDynamic) Apart.Check(machine, [operation.Dst], [operation.Src], mayBeSame: true);
            machine.Copy(operation.Dst, operation.Src);
        }
    }

    private static void Rows(DmaCopy operation, OracleMachine machine)
    {
        var other = IsVector(operation.Dst) ? operation.Src : operation.Dst;
        if (machine.IsOutside(other) && operation.OobMode == OobMode.Skip) return;
        AccessPattern[] Inside(AccessPattern p) => [.. Enumerable.Range(0, p.Partitions).Select(row => machine.Row(p, row)).OfType<AccessPattern>()];
        Apart.Check(machine, Inside(operation.Dst), Inside(operation.Src), mayBeSame: false);
        for (var row = 0; row < operation.Dst.Partitions; row++)
        {
            if (machine.Row(operation.Dst, row) is { } dst
                && machine.Row(operation.Src, row) is { } src) machine.Copy(dst, src, row);
            else if (operation.OobMode == OobMode.Error) throw new OracleFault(FaultCodes.DynamicAddress);
        }
    }

    private static bool IsVector(in AccessPattern p) => p.Dynamic.Kind == OffsetKind.Vector;
}
