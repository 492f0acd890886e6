using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Kernels.Elementwise;
using TrnEmu.Tests.Support;
using static TrnEmu.Tests.Compiler.Graph.Ops.OpCases;

namespace TrnEmu.Tests.Compiler.Graph.Ops;

/// <summary>Tiles cover every element once, hold what a transfer takes, and are few.</summary>
public sealed class TilingTests
{
    [Fact]
    public void Tiles_cover_every_element_once_in_every_tensor() => Property.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var k = new KernelBuilder(TestChips.Trn2);
        var shape = Shape(random, minRank: 1);
        var order = Enumerable.Range(0, shape.Length).OrderBy(_ => random.Next()).ToArray();
        var x = k.Hbm("x", DType.Fp32, shape);
        var turned = k.Hbm("turned", DType.Fp32, [.. order.Select(d => shape[d])])
            .Permute([.. Enumerable.Range(0, shape.Length).Select(d => Array.IndexOf(order, d))]);
        var row = random.Next(1, 3000);
        var pairs = new HashSet<(long, long)>();
        foreach (var tile in Tiling.Of(row, x, turned))
        {
            Assert.InRange(tile.Shape[0], 1, Limits.Partitions);
            Assert.InRange(tile.Shape.Length, 2, 5);
            Assert.InRange(tile.Columns, 1, row);
            var (left, right) = (Places(tile[0]), Places(tile[1]));
            for (var i = 0; i < left.Length; i++) Assert.True(pairs.Add((left[i], right[i])));
        }

        Assert.Equal(Places(x).Zip(Places(turned)).Order(), pairs.Order());
    });

    [Theory]
    [InlineData(new[] { 128, 768 }, 1024, 1)]
    [InlineData(new[] { 1, 12, 128, 128 }, 1024, 2)]
    [InlineData(new[] { 128 * 1024 }, 1024, 1)]
    [InlineData(new[] { 50257 }, 1024, 2)]
    [InlineData(new[] { 1 }, 1024, 1)]
    [InlineData(new[] { 3, 100_000 }, 1024, 6)]
    public void Flat_tensors_take_few_tiles(int[] shape, int row, int most)
    {
        var k = new KernelBuilder(TestChips.Trn2);
        Assert.InRange(Tiling.Of(row, k.Hbm("x", DType.Fp32, shape), k.Hbm("y", DType.Fp32, shape)).Count, 1, most);
    }

    [Fact]
    public void A_repeated_row_meets_full_tiles()
    {
        var k = new KernelBuilder(TestChips.Trn2);
        var bias = k.Hbm("bias", DType.Fp32, [768]).Strided([4, 64, 768], [0, 0, 1]);
        var tiles = Tiling.Of(1024, k.Hbm("y", DType.Fp32, [4, 64, 768]), bias);
        Assert.Equal([128, 128], tiles.Select(t => t.Shape[0]));
        Assert.Equal(tiles[0].Key(1), tiles[1].Key(1));
    }

    private static long[] Places(TensorView view)
    {
        var index = new int[view.Rank];
        var places = new long[view.Elements];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = view.ToAccessPattern().Offset / view.DType.Size();
            for (var d = 0; d < view.Rank; d++) places[i] += index[d] * view.Strides[d];
            for (var d = view.Rank - 1; d >= 0 && ++index[d] == view.Shape[d]; d--) index[d] = 0;
        }

        return places;
    }
}
