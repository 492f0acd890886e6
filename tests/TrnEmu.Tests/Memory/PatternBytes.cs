using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Memory;

/// <summary>Oracle: the bytes of a pattern by nested loops over its elements.</summary>
internal static class PatternBytes
{
    /// <summary>
    /// Partition and byte of every byte touched, from the start of the memory for tensors with an address.
    /// </summary>
    public static HashSet<(int Partition, long Byte)> Of(AccessPattern p, Tensor tensor)
    {
        var bytes = new HashSet<(int, long)>();
        for (var row = 0; row < p.Partitions; row++)
            for (var a = 0; a < p.Count0; a++)
                for (var b = 0; b < p.Count1; b++)
                    for (var c = 0; c < p.Count2; c++)
                        for (var d = 0; d < p.Count3; d++)
                            for (var k = 0; k < p.DType.Size(); k++)
                            {
                                long element = (long)a * p.Stride0 + (long)b * p.Stride1 + (long)c * p.Stride2 + (long)d * p.Stride3;
                                if (tensor.Space == MemorySpace.Hbm)
                                    bytes.Add((0, p.Offset + (element + row * p.PartitionStep) * p.DType.Size() + k));
                                else
                                    bytes.Add((p.StartPartition + row + (tensor.Address?.Partition ?? 0),
                                        p.Offset + element * p.DType.Size() + k + (tensor.Address?.Byte ?? 0)));
                            }

        return bytes;
    }
}
