using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.GpSimd;

public sealed class TopKTests
{
    private const float Kept = -9;
    private readonly WorkedExample _example = new();

    private Scene Scene => _example.Scene;

    /// <summary>42 elements in three columns, as in nki.isa's example; the largest are the last ones.</summary>
    [Fact]
    public void Results_go_down_the_partitions_in_ascending_order()
    {
        var topk = Make(Snake(16, 3, i => i < 42 ? i : 1000), 8, n: 42);
        Assert.Equal([34, 35, 36, 37, 38, 39, 40, 41], Column(_example.Result(topk.ValDst, 3, topk), 0)[..8]);
        Assert.Equal([34, 35, 36, 37, 38, 39, 40, 41], Column(_example.Result(topk.IdxDst, 3, topk), 0)[..8]);
    }

    [Fact]
    public void Result_16_begins_the_second_column()
    {
        var topk = Make(Snake(16, 2, i => 31 - i), 20, n: 32);
        var (values, places) = (_example.Result(topk.ValDst, 3, topk), _example.Result(topk.IdxDst, 3, topk));
        Assert.Equal(Enumerable.Range(12, 16).Select(v => (float)v), Column(values, 0));
        Assert.Equal([28, 29, 30, 31, Kept], Column(values, 1)[..5]);
        Assert.Equal([3, 2, 1, 0, 99], Column(places, 1)[..5]);
    }

    [Fact]
    public void What_lies_behind_the_results_is_kept()
    {
        var topk = Make(Snake(16, 2, i => i), 8, n: 32);
        var values = _example.Result(topk.ValDst, 3, topk);
        Assert.All(values[8..], row => Assert.All(row, v => Assert.Equal(Kept, v)));
        Assert.All(values[..8], row => Assert.All(row[1..], v => Assert.Equal(Kept, v)));
    }

    [Fact]
    public void Each_core_has_a_list_of_its_own()
    {
        var topk = Make(Snake(32, 1, i => i), 1, n: 16);
        var (values, places) = (_example.Result(topk.ValDst, 3, topk), _example.Result(topk.IdxDst, 3, topk));
        Assert.Equal((15f, 31f), (values[0][0], values[16][0]));
        Assert.Equal((15f, 15f), (places[0][0], places[16][0]));
    }

    [Fact]
    public void Of_equal_values_the_first_count_as_larger()
    {
        float[] list = [5, 7, 7, float.NaN, -0f, 0, 7, float.PositiveInfinity, -1, -1, -1, -1, -1, -1, -1, -1];
        var topk = Make(Snake(16, 1, i => list[i]), 7, n: 16);
        Assert.Equal([4, 0, 6, 2, 1, 7, 3], Column(_example.Result(topk.IdxDst, 3, topk), 0)[..7]);
    }

    [Theory]
    [InlineData(8, 1, 1)]
    [InlineData(7, 1, 1, "TRN2311")]
    [InlineData(65536, 1, 4096, "TRN2311")]
    [InlineData(32, 32, 2)]
    [InlineData(32, 33, 3, "TRN2311")]
    [InlineData(33, 1, 2, "TRN2008")]
    [InlineData(40000, 32767, 2500)]
    [InlineData(40000, 32768, 2500, "TRN2311")]
    public void Counts_have_limits(int n, int k, int columns, params string[] codes)
    {
        var (src, values) = (Scene.Sbuf(DType.Bf16, 16, columns), Scene.Sbuf(DType.Bf16, 16, k));
        Assert.Equal(codes, Scene.Codes(new TopK(values, Scene.Sbuf(DType.UInt32, 16, k), src, n)));
    }

    [Fact]
    public void Cores_are_whole()
    {
        var src = Scene.Sbuf(DType.Bf16, 24, 4);
        Assert.Equal(["TRN2310"], Scene.Codes(new TopK(Scene.Sbuf(DType.Bf16, 24, 4), Scene.Sbuf(DType.UInt32, 24, 4), src, 64)));
    }

    [Fact]
    public void Results_share_no_byte_with_the_source()
    {
        var src = Scene.Sbuf(DType.Bf16, 16, 4);
        Assert.Equal(["TRN2312"], Scene.Codes(new TopK(src, Scene.Sbuf(DType.UInt32, 16, 4), src, 64)));
    }

    /// <summary>n = 20 is one column and four partitions of the next; K = 5 is five partitions of the first.</summary>
    [Fact]
    public void Effects_are_the_elements_that_count()
    {
        var topk = Make(Snake(32, 4, i => i), 5, n: 20);
        var effects = Scene.Effects(topk).Memory.ToArray().Select(e => (e.Kind, e.Pattern.StartPartition, e.Pattern.Partitions, e.Pattern.Offset));
        Assert.Equal(
        [
            (AccessKind.Read, 0, 32, 0L), (AccessKind.Read, 0, 4, 2), (AccessKind.Read, 16, 4, 2),
            (AccessKind.Write, 0, 5, 0), (AccessKind.Write, 16, 5, 0),
            (AccessKind.Write, 0, 5, 0), (AccessKind.Write, 16, 5, 0),
        ], effects);
    }

    [Fact]
    public void Cost_is_4_n_plus_K()
    {
        var topk = Make(Snake(128, 32, i => i), 8, n: 512);
        var instruction = Assert.Single(Scene.Expand(topk).Instructions.ToArray());
        Assert.Equal((CostClass.TopK, 4 * 512 + 8), (instruction.Class, instruction.Items));
    }

    private TopK Make(AccessPattern src, int k, int n) => new(
        _example.Given(DType.Bf16, src.Partitions, [.. Enumerable.Repeat(Kept, k)]),
        _example.Given(DType.UInt32, src.Partitions, [.. Enumerable.Repeat(99f, k)]), src, n);

    /// <summary>Element i of all cores together, 16 partitions after 16 partitions, is value(i).</summary>
    private AccessPattern Snake(int partitions, int columns, Func<int, float> value) => _example.Given(DType.Bf16,
        [.. Enumerable.Range(0, partitions).Select(p => Enumerable.Range(0, columns).Select(c =>
            value(p / 16 * 16 * columns + c * 16 + p % 16)).ToArray())]);

    private static float[] Column(float[][] rows, int column) => [.. rows.Select(r => r[column])];
}
