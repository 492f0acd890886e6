using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa;

/// <summary>The rule of automatic accumulation, byte by byte: which bytes of each tensor a matmul wrote last.</summary>
internal sealed class AccumulationModel
{
    private readonly HashSet<(int Tensor, int Partition, long Byte)> _sums = [];

    /// <summary>For each element in pattern order: true when a matmul wrote all of it last.</summary>
    public List<bool> HoldsSum(AccessPattern p) => [.. Elements(p).Select(e => e.All(_sums.Contains))];

    public void Write(AccessPattern p, bool isMatmul)
    {
        foreach (var b in Elements(p).SelectMany(e => e))
        {
            if (isMatmul) _sums.Add(b);
            else _sums.Remove(b);
        }
    }

    private static IEnumerable<(int Tensor, int Partition, long Byte)[]> Elements(AccessPattern p)
    {
        var size = p.DType.Size();
        for (var row = 0; row < p.Partitions; row++)
            for (var a = 0; a < p.Count0; a++)
                for (var b = 0; b < p.Count1; b++)
                    for (var c = 0; c < p.Count2; c++)
                        for (var d = 0; d < p.Count3; d++)
                        {
                            var start = p.Offset + size * (a * p.Stride0 + b * p.Stride1 + c * p.Stride2 + d * p.Stride3);
                            yield return [.. Enumerable.Range(0, size).Select(i => (p.Tensor, p.StartPartition + row, start + i))];
                        }
    }
}
