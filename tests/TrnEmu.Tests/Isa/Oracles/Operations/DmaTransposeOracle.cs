using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// dst[f, a, p] = src[p, a, f], bits kept; dst has as many partitions as the last dimension is long. Rows with an index
/// are taken one after the other; an index outside faults, or its column keeps what it holds.
/// </summary>
internal sealed class DmaTransposeOracle : IOracle<DmaTranspose>
{
    public void Run(DmaTranspose o, OracleMachine machine)
    {
        if (o.OobMode == OobMode.Skip
            && (machine.IsOutside(o.Dst) || (o.Src.Dynamic.Kind != OffsetKind.Vector && machine.IsOutside(o.Src)))) return;
        if (o.Src.Dynamic.Kind != OffsetKind.Vector) Apart.Check(machine, [o.Dst], [o.Src], mayBeSame: false);
        var moved = machine.ReadBits(o.Dst);
        var (last, middle) = (o.Dst.Partitions, (int)o.Src.Free / o.Dst.Partitions);
        for (var p = 0; p < o.Src.Partitions; p++)
        {
            if (RowOf(o, machine, p) is not { } row) continue;
            machine.Counts.Read(o.Src.DType, [.. row.Select(b => Numbers.Decode(o.Src.DType, b))]);
            for (var a = 0; a < middle; a++)
                for (var f = 0; f < last; f++)
                    moved[(f * middle + a) * o.Src.Partitions + p] = row[a * last + f];
        }

        machine.WriteBits(o.Dst, moved);
    }

    private static uint[]? RowOf(DmaTranspose o, OracleMachine machine, int p)
    {
        if (o.Src.Dynamic.Kind != OffsetKind.Vector)
            return [.. machine.ReadBits(o.Src).Skip(p * (int)o.Src.Free).Take((int)o.Src.Free)];
        if (machine.Row(o.Src, p) is { } row) return machine.ReadBits(row);
        return o.OobMode == OobMode.Skip ? null : throw new OracleFault(FaultCodes.DynamicAddress);
    }
}
