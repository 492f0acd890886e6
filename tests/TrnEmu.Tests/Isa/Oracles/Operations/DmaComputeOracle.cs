using TrnEmu.Core.Isa.Operations.Dma;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// The sources are added in fp32 in their order. With an index for each row, rows follow one another and an index
/// outside skips its row or faults; two sums to one row break the promise of unique indices.
/// </summary>
internal sealed class DmaComputeOracle : IOracle<DmaCompute>
{
    public void Run(DmaCompute o, OracleMachine machine)
    {
        if (o.Srcs.Append(o.Dst).All(p => p.Dynamic.Kind != OffsetKind.Vector))
        {
            Add(machine, o.Dst, 0, [.. o.Srcs]);
            return;
        }

        if (o.Dst.Dynamic.Kind == OffsetKind.Vector)
        {
            var rows = Enumerable.Range(0, o.Dst.Partitions).Select(row => machine.Row(o.Dst, row)).OfType<AccessPattern>().ToArray();
            if (rows.Distinct().Count() < rows.Length) throw new OracleFault(FaultCodes.NotUnique);
        }

        for (var row = 0; row < o.Dst.Partitions; row++)
        {
            var srcs = o.Srcs.Select(p => machine.Row(p, row)).ToArray();
            if (machine.Row(o.Dst, row) is { } dst && srcs.All(p => p is not null))
                Add(machine, dst, row, [.. srcs.Select(p => p!.Value)]);
            else if (o.OobMode == OobMode.Error) throw new OracleFault(FaultCodes.DynamicAddress);
        }
    }

    private static void Add(OracleMachine machine, in AccessPattern dst, int row, AccessPattern[] srcs)
    {
        var values = srcs.Select(p => machine.Read(p)).ToArray();
        var sums = values[0];
        foreach (var next in values[1..]) sums = [.. sums.Zip(next, (a, b) => a + b)];
        machine.Write(dst, [.. sums.Select(s => new[] { s })], row);
    }
}
