using FsCheck.Fluent;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Memory;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Isa;

public sealed class RepeatedElementsTests
{
    private static readonly Tensor[] Tensors =
    [
        new(0, "h", MemorySpace.Hbm, DType.Int8, [8, 600]), new(1, "s", MemorySpace.Sbuf, DType.Int8, [8, 600]),
    ];

    /// <summary>A pattern repeats when it has fewer different bytes than its elements have together.</summary>
    [Fact]
    public void Fewer_bytes_than_elements_mean_a_repeat()
    {
        var seen = new int[2];
        Property.ForAll(Gen.Elements(Tensors).SelectMany(RandomPattern.In).ToArbitrary(), p =>
        {
            var tensor = Tensors[p.Tensor];
            var repeats = PatternBytes.Of(p, tensor).Count < p.Elements * p.DType.Size();
            seen[repeats ? 1 : 0]++;
            Assert.Equal(repeats, RepeatedElements.Any(p, tensor.Space == MemorySpace.Hbm));
        }, 3000);
        Assert.All(seen, n => Assert.True(n > 300, $"{n} of 3000"));
    }

    [Theory]
    [InlineData(2, 3, 3, 2, false)]
    [InlineData(2, 4, 3, 3, true)]
    [InlineData(1_000_003, 1000, 1_000_000, 1000, false)]
    public void Levels_may_interleave(int stride2, int count2, int stride3, int count3, bool repeats)
    {
        var p = new AccessPattern
        {
            Partitions = 1,
            DType = DType.Fp32,
            Count0 = 1,
            Count1 = 1,
            Count2 = count2,
            Count3 = count3,
            Stride2 = stride2,
            Stride3 = stride3,
        };
        Assert.Equal(repeats, RepeatedElements.Any(p, hasRows: true));
    }
}
