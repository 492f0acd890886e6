using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.GpSimd;

public sealed class GatherTests
{
    private readonly WorkedExample _example = new();

    private Scene Scene => _example.Scene;

    [Fact]
    public void Each_partition_picks_by_its_own_indices()
    {
        var (data, dst) = (_example.Given(DType.Fp32, [1, 2, 3], [4, 5, 6]), Scene.Sbuf(DType.Fp32, 2, 4));
        var indices = _example.Given(DType.UInt32, [2, 2, 0, 1], [0, 1, 1, 2]);
        Assert.Equal([[3, 3, 1, 2], [4, 5, 5, 6]], _example.Result(dst, 2, new NcNGather(dst, data, indices)));
    }

    [Fact]
    public void Index_names_the_free_elements_flattened()
    {
        var data = _example.Given(DType.Bf16, [0, 1, 2, 3, 4, 5]) with { Count2 = 3, Stride2 = 1, Count3 = 2, Stride3 = 3 };
        var (indices, dst) = (_example.Given(DType.UInt32, [0, 1, 2, 5]), Scene.Sbuf(DType.Bf16, 1, 4));
        Assert.Equal([[0, 3, 1, 5]], _example.Result(dst, 2, new NcNGather(dst, data, indices)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4294967295)]
    public void Index_outside_is_a_fault(double index)
    {
        var (data, dst) = (_example.Given(DType.Fp32, [1, 2, 3], [4, 5, 6]), Scene.Sbuf(DType.Fp32, 2, 1));
        var fault = _example.Fault(new NcNGather(dst, data, _example.Given(DType.UInt32, [0], [(float)index])));
        Assert.Equal("TRN3001", fault.Code.Id);
        Assert.Contains("in partition 1 is outside the 3 elements", fault.Message);
    }

    /// <summary>The vendor's example: the list of a core is its indices column after column.</summary>
    [Fact]
    public void Sixteen_partitions_share_a_list_that_runs_down_the_partitions()
    {
        var src = Ramp(32, 40);
        var index = _example.Given(DType.UInt16, Rows(32, p => [p % 16, 16 + p % 16 + (p < 16 ? 0 : 1)]));
        var dst = Scene.Sbuf(DType.Fp32, 32, 32);
        var rows = _example.Result(dst, 2, new LocalGather(dst, src, index));
        Assert.Equal(Enumerable.Range(0, 32).Select(i => 100f + i), rows[1]);
        Assert.Equal(Enumerable.Range(0, 32).Select(i => 1700f + i + (i < 16 ? 0 : 1)), rows[17]);
    }

    [Fact]
    public void Indices_count_elements_also_when_each_takes_several()
    {
        var index = _example.Given(DType.UInt16, Rows(16, p => [4 * p]));
        var dst = Scene.Sbuf(DType.Fp32, 16, 12);
        var rows = _example.Result(dst, 2, new LocalGather(dst, Ramp(16, 64), index, NumElemPerIdx: 4, NumValidIndices: 3));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => 200f + i), rows[2]);
    }

    [Fact]
    public void Run_that_leads_outside_is_a_fault_and_unused_indices_are_not_looked_at()
    {
        var (src, dst) = (Ramp(16, 8), Scene.Sbuf(DType.Fp32, 16, 4));
        var index = _example.Given(DType.UInt16, Rows(16, p => [p == 1 ? 7 : p < 2 ? 0 : 60000]));
        Assert.Equal("TRN3001", _example.Fault(new LocalGather(dst, src, index, 2, 2)).Code.Id);
        Assert.Equal(7, _example.Result(dst with { Count3 = 2 }, 2, new LocalGather(dst with { Count3 = 2 }, src, index, 1, 2))[0][1]);
    }

    [Theory]
    [InlineData(3, null, 48, "TRN2311")]
    [InlineData(64, null, 1024, "TRN2311")]
    [InlineData(2, null, 32)]
    [InlineData(2, 15, 30)]
    [InlineData(2, 15, 32, "TRN2008")]
    [InlineData(1, 17, 17, "TRN2311")]
    public void Counts_have_limits(int elements, int? valid, int free, params string[] codes)
    {
        var (src, index) = (Scene.Sbuf(DType.Bf16, 16, 64), Scene.Sbuf(DType.UInt16, 16, 1));
        Assert.Equal(codes, Scene.Codes(new LocalGather(Scene.Sbuf(DType.Bf16, 16, free), src, index, elements, valid)));
    }

    [Theory]
    [InlineData(256, 4096)]
    [InlineData(257, 4112, "TRN2311")]
    public void A_core_takes_4096_indices(int columns, int free, params string[] codes)
    {
        var (src, index) = (Scene.Sbuf(DType.Bf16, 16, 64), Scene.Sbuf(DType.UInt16, 16, columns));
        Assert.Equal(codes, Scene.Codes(new LocalGather(Scene.Sbuf(DType.Bf16, 16, free), src, index)));
    }

    /// <summary>Element c of partition p is 100 p + c.</summary>
    private AccessPattern Ramp(int partitions, int columns) =>
        _example.Given(DType.Fp32, Rows(partitions, p => [.. Enumerable.Range(0, columns).Select(c => 100 * p + c)]));

    private static float[][] Rows(int partitions, Func<int, int[]> row) =>
        [.. Enumerable.Range(0, partitions).Select(p => row(p).Select(v => (float)v).ToArray())];
}
