using FsCheck;
using FsCheck.Fluent;
using TrnEmu.Core.Memory;
using TrnEmu.Python;

namespace TrnEmu.Tests.Python;

/// <summary>How a view of HBM is divided into the rows of a DMA.</summary>
public sealed class HbmRowsTests
{
    private static readonly Gen<(int Count, long Stride)[]> Views =
        Gen.Zip(Gen.Elements(1, 2, 3, 4, 6, 8), Gen.Elements(-1L, 0L, 1L, 0L)).NonEmptyListOf()
            .Select(dimensions =>
            {
                var view = new (int Count, long Stride)[Math.Min(dimensions.Count, 6)];
                long step = 1;
                for (var i = view.Length - 1; i >= 0; i--)
                {
                    // Most dimensions continue the inner one; some leave a gap, repeat or go back.
                    var (count, kind) = dimensions[i];
                    view[i] = (count, kind == 0 ? step : kind < 0 ? -step : step + 5);
                    step = Math.Abs(view[i].Stride) * count;
                }

                return view;
            });

    [Fact]
    public void Division_keeps_the_elements_and_their_order()
    {
        var divided = 0;
        Support.Property.ForAll(Views.Zip(Gen.Choose(1, 48)).ToArbitrary(), pair =>
        {
            var (view, rows) = pair;
            int[] counts = [.. view.Select(d => d.Count), .. new int[9]];
            long[] strides = [.. view.Select(d => d.Stride), .. new long[9]];
            var rank = HbmRows.Divide(counts, strides, view.Length, rows);
            Assert.Equal(Addresses(view), Addresses([.. counts.Zip(strides).Take(rank)]));
            if (counts[0] == rows) divided++;
        }, 2000);
        Assert.InRange(divided, 100, 2000);
    }

    [Theory]
    [InlineData(128, "65536:1", "128:512 512:1")]
    [InlineData(128, "1:65536 128:512 512:1", "128:512 512:1")]
    [InlineData(128, "4:16384 32:512 512:1", "128:512 512:1")]
    [InlineData(128, "4:20000 32:512 512:1", "4:20000 32:512 512:1")]
    [InlineData(1, "8:64 64:1", "1:512 8:64 64:1")]
    [InlineData(128, "100:1", "100:1")]
    public void Rows_are_joined_or_split(int rows, string view, string expected)
    {
        var dimensions = Parse(view);
        int[] counts = [.. dimensions.Select(d => d.Count), .. new int[9]];
        long[] strides = [.. dimensions.Select(d => d.Stride), .. new long[9]];
        var rank = HbmRows.Divide(counts, strides, dimensions.Length, rows);
        Assert.Equal(Parse(expected), counts.Zip(strides).Take(rank));
    }

    /// <summary>Every element's place, in pattern order.</summary>
    internal static IEnumerable<long> Addresses(AccessPattern p) => Addresses(
    [
        (p.Partitions, p.PartitionStep), (p.Count0, p.Stride0), (p.Count1, p.Stride1), (p.Count2, p.Stride2), (p.Count3, p.Stride3),
    ]);

    private static IEnumerable<long> Addresses((int Count, long Stride)[] view) => view.Length == 0
        ? [0]
        : Enumerable.Range(0, view[0].Count).SelectMany(i => Addresses(view[1..]).Select(a => a + i * view[0].Stride));

    private static (int Count, long Stride)[] Parse(string view) =>
        [.. view.Split(' ').Select(d => d.Split(':')).Select(d => (int.Parse(d[0], null), long.Parse(d[1], null)))];
}
