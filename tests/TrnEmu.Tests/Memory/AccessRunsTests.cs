using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Memory;

public sealed class AccessRunsTests
{
    private static readonly Tensor Hbm = new(0, "h", MemorySpace.Hbm, DType.Fp32, [6, 24]);
    private static readonly Tensor Sbuf =
        new(0, "s", MemorySpace.Sbuf, DType.Fp32, [6, 24]) { Address = new Address(32, 100) };

    [Fact]
    public void Runs_are_the_bytes_of_nested_loops_in_HBM() =>
        Property.ForAll(RandomPattern.In(Hbm), p => Same(p, Hbm), 500);

    [Fact]
    public void Runs_are_the_bytes_of_nested_loops_in_SBUF() =>
        Property.ForAll(RandomPattern.In(Sbuf), p => Same(p, Sbuf), 500);

    [Fact]
    public void Levels_in_any_order_that_continue_each_other_are_one_run()
    {
        var transposed = new AccessPattern
        {
            DType = DType.Bf16,
            Partitions = 3,
            PartitionStep = 1,
            Count0 = 1,
            Count1 = 1,
            Count2 = 4,
            Stride2 = 0,
            Count3 = 5,
            Stride3 = -3,
            Offset = 24,
        };
        Assert.Equal([new AccessRange(0, 30)], All(new AccessRuns(transposed, Hbm)));
    }

    [Fact]
    public void A_displacement_moves_every_run()
    {
        var p = AccessPattern.Whole(Sbuf) with { Count3 = 2, Stride3 = 4, StartPartition = 1, Partitions = 2 };
        Assert.Equal(
            [new AccessRange(108, 112, 33, 35), new AccessRange(124, 128, 33, 35)], All(new AccessRuns(p, Sbuf, 8)));
    }

    private static void Same(AccessPattern p, Tensor tensor)
    {
        var runs = new AccessRuns(p, tensor);
        var bytes = new HashSet<(int, long)>();
        foreach (var run in All(runs))
        {
            for (var partition = run.FirstPartition; partition < run.EndPartition; partition++)
                for (var b = run.Start; b < run.End; b++) bytes.Add((partition, b));
        }

        var expected = PatternBytes.Of(p, tensor);
        Assert.True(expected.SetEquals(bytes));
        Assert.Equal(expected.Min(b => b.Byte), runs.First);
        Assert.Equal(expected.Max(b => b.Byte) + 1, runs.End);
    }

    private static List<AccessRange> All(AccessRuns runs)
    {
        var all = new List<AccessRange>();
        foreach (var run in runs) all.Add(run);
        return all;
    }
}
