using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Memory;

/// <summary>Patterns inside a tensor: strided, negative, repeating, overlapping and plain ones.</summary>
internal static class RandomPattern
{
    private static readonly DType[] Types = [DType.Int8, DType.Bf16, DType.Fp32];

    public static Gen<AccessPattern> In(Tensor tensor) =>
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select Make(new Random(seed), tensor);

    public static AccessPattern Make(Random random, Tensor tensor)
    {
        var isHbm = tensor.Space == MemorySpace.Hbm;
        var dtype = Types[random.Next(Types.Length)];
        var plain = random.Next(2) == 0;
        var rows = random.Next(1, tensor.Partitions + 1);
        var limit = isHbm ? tensor.Bytes : tensor.BytesPerPartition;
        while (true)
        {
            var p = new AccessPattern
            {
                Tensor = tensor.Id,
                DType = dtype,
                Partitions = rows,
                StartPartition = isHbm ? 0 : random.Next(0, tensor.Partitions - rows + 1),
                PartitionStep = isHbm ? random.Next(0, (int)(tensor.BytesPerPartition / dtype.Size()) + 2) : 0,
                Count0 = plain ? 1 : random.Next(1, 3),
                Count1 = plain ? 1 : random.Next(1, 4),
                Count2 = random.Next(1, 4),
                Count3 = random.Next(1, 9),
                Stride0 = random.Next(-2, 12),
                Stride1 = random.Next(-2, 9),
                Stride2 = plain ? 8 : random.Next(-4, 9),
                Stride3 = plain ? 1 : random.Next(-1, 4),
            };
            var (first, end) = p.FreeExtent();
            if (isHbm) end += p.PartitionStep * (rows - 1) * dtype.Size();
            if (end - first <= limit) return p with { Offset = -first + random.NextInt64(limit - (end - first) + 1) };
            rows = Math.Max(1, rows / 2);
        }
    }
}
