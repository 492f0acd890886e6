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
            if (operation.Dst.IsDynamic || operation.Src.IsDynamic) Apart(machine, [operation.Dst], [operation.Src], mayBeSame: true);
            machine.Copy(operation.Dst, operation.Src);
        }
    }

    /// <summary>No byte is read and written, but perhaps where all are the same, one by one.</summary>
    private static void Apart(OracleMachine machine, AccessPattern[] dst, AccessPattern[] src, bool mayBeSame)
    {
        if (dst.Length == 0 || src.Length == 0 || dst[0].Tensor != src[0].Tensor) return;
        var (written, read) = (Bytes(machine, dst), Bytes(machine, src));
        if (written.Intersect(read).Any() && !(mayBeSame && written.SequenceEqual(read)))
            throw new OracleFault(FaultCodes.DmaOverlap);
    }

    private static long[] Bytes(OracleMachine machine, AccessPattern[] patterns) =>
        [.. patterns.SelectMany(p => machine.PlacesOf(p).SelectMany(at => Enumerable.Range(0, p.DType.Size()).Select(k => at + k)))];

    private static void Rows(DmaCopy operation, OracleMachine machine)
    {
        var other = IsVector(operation.Dst) ? operation.Src : operation.Dst;
        if (machine.IsOutside(other) && operation.OobMode == OobMode.Skip) return;
        AccessPattern[] Inside(AccessPattern p) => [.. Enumerable.Range(0, p.Partitions).Select(row => machine.Row(p, row)).OfType<AccessPattern>()];
        Apart(machine, Inside(operation.Dst), Inside(operation.Src), mayBeSame: false);
        for (var row = 0; row < operation.Dst.Partitions; row++)
        {
            if (machine.Row(operation.Dst, row) is { } dst
                && machine.Row(operation.Src, row) is { } src) machine.Copy(dst, src, row);
            else if (operation.OobMode == OobMode.Error) throw new OracleFault(FaultCodes.DynamicAddress);
        }
    }

    private static bool IsVector(in AccessPattern p) => p.Dynamic.Kind == OffsetKind.Vector;
}
