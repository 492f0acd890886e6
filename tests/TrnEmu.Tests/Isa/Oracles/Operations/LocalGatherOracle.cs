using TrnEmu.Core.Isa.Operations.GpSimd;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

/// <summary>
/// 16 partitions share the indices that lie in them, column after column; each index is the first of so many elements
/// that follow one another in a partition.
/// </summary>
internal sealed class LocalGatherOracle : IOracle<LocalGather>
{
    private const int CorePartitions = 16;

    public void Run(LocalGather o, OracleMachine machine)
    {
        var (rows, columns, free) = (o.Index.Partitions, (int)o.Index.Free, (int)o.SrcBuffer.Free);
        var (src, index, dst) = (machine.ReadBits(o.SrcBuffer), machine.ReadBits(o.Index), machine.ReadBits(o.Dst));
        machine.See(o.SrcBuffer);
        var valid = o.NumValidIndices ?? CorePartitions * columns;
        for (var row = 0; row < rows; row++)
            for (var i = 0; i < valid; i++)
            {
                var place = row / CorePartitions * CorePartitions + i % CorePartitions;
                var first = index[place * columns + i / CorePartitions];
                for (var k = 0; k < o.NumElemPerIdx; k++)
                {
                    Index.Demand(first + k, free);
                    dst[row * o.Dst.Free + i * o.NumElemPerIdx + k] = src[row * free + first + k];
                }
            }

        machine.WriteBits(o.Dst, dst);
    }
}
