using TrnEmu.Core.Isa.Operations.GpSimd;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// 16 partitions hold one list, column after column, and so do the results: the K largest, ascending. NaN is largest;
/// of equal elements the first counts as the larger. Elements behind the results stay.
/// </summary>
internal sealed class TopKOracle : IOracle<TopK>
{
    private const int CorePartitions = 16;

    public void Run(TopK o, OracleMachine machine)
    {
        var (columns, k) = ((int)o.Src.Free, (int)o.ValDst.Free);
        var (values, bits) = (machine.Read(o.Src), machine.ReadBits(o.Src));
        var (largest, places) = (machine.ReadBits(o.ValDst), machine.ReadBits(o.IdxDst));
        for (var first = 0; first < o.Src.Partitions; first += CorePartitions)
        {
            int Place(int i, int row) => (first + i % CorePartitions) * row + i / CorePartitions;
            int[] chosen = [.. Enumerable.Range(0, o.N)
                .OrderByDescending(i => float.IsNaN(values[Place(i, columns)]))
                .ThenByDescending(i => values[Place(i, columns)])
                .Take(k).Reverse()];
            for (var j = 0; j < k; j++)
            {
                largest[Place(j, k)] = bits[Place(chosen[j], columns)];
                places[Place(j, k)] = (uint)chosen[j];
            }
        }

        machine.WriteBits(o.ValDst, largest);
        machine.WriteBits(o.IdxDst, places);
    }
}
