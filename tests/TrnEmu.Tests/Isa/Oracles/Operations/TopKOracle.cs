using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

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
        // Every element of a destination must lie inside its tensor, those that receive nothing too.
        _ = (machine.PlacesOf(o.ValDst), machine.PlacesOf(o.IdxDst));
        var (columns, k) = ((int)o.Src.Free, (int)o.ValDst.Free);
        var (values, bits) = (machine.Read(o.Src), machine.ReadBits(o.Src));
        for (var first = 0; first < o.Src.Partitions; first += CorePartitions)
        {
            int Place(int i) => (first + i % CorePartitions) * columns + i / CorePartitions;
            int[] chosen = [.. Enumerable.Range(0, o.N)
                .OrderByDescending(i => float.IsNaN(values[Place(i)]))
                .ThenByDescending(i => values[Place(i)])
                .Take(k).Reverse()];
            for (var j = 0; j < k; j++)
            {
                machine.WriteBits(At(o.ValDst, first, j), [bits[Place(chosen[j])]]);
                machine.WriteBits(At(o.IdxDst, first, j), [(uint)chosen[j]]);
            }
        }
    }

    /// <summary>Result j of a core alone: those behind the results may share its bytes where elements repeat.</summary>
    private static AccessPattern At(AccessPattern p, int first, int j)
    {
        var (outer, i3) = Math.DivRem(j / CorePartitions, p.Count3);
        (outer, var i2) = Math.DivRem(outer, p.Count2);
        var (i0, i1) = Math.DivRem(outer, p.Count1);
        return p with
        {
            StartPartition = p.StartPartition + first + j % CorePartitions,
            Partitions = 1,
            Offset = p.Offset + (i0 * p.Stride0 + i1 * p.Stride1 + i2 * p.Stride2 + i3 * p.Stride3) * p.DType.Size(),
            Count0 = 1,
            Count1 = 1,
            Count2 = 1,
            Count3 = 1,
        };
    }
}
