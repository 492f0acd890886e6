using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

/// <summary>bn_stats and bn_aggr.</summary>
public sealed class BatchStatisticsTests
{
    private readonly WorkedExample _example = new();

    private Scene Scene => _example.Scene;

    /// <summary>Even elements 1, 3, 8 (mean 4, deviations 9 + 1 + 16), odd ones 10, 20.</summary>
    [Fact]
    public void Even_and_odd_elements_by_themselves() =>
        Assert.Equal([3, 4, 26, 2, 15, 50], Statistics(1, 10, 3, 20, 8));

    [Fact]
    public void One_element_has_no_odd_one() => Assert.Equal([1, 7, 0, 0, 0, 0], Statistics(7));

    [Fact]
    public void Two_together_give_mean_and_variance()
    {
        float[] values = [.. Enumerable.Range(0, 512).Select(i => (float)(i * i % 97))];
        var (stats, result) = (Scene.Sbuf(DType.Fp32, 1, 12), Scene.Sbuf(DType.Fp32, 1, 2));
        var rows = _example.Result(
            result, 2, new BnStats(Scene.Free(stats, 6), _example.Given(DType.Fp32, 1, values)),
            new BnStats(Scene.Free(stats with { Offset = 24 }, 6), _example.Given(DType.Fp32, 1, values[..3])),
            new BnAggr(result, stats));
        double[] all = [.. values.Concat(values[..3]).Select(v => (double)v)];
        var mean = all.Average();
        Assert.Equal(mean, rows[0][0], 1e-5);
        Assert.Equal(all.Average(v => (v - mean) * (v - mean)), rows[0][1], 1e-3);
    }

    /// <summary>
    /// 2 elements around 5 and 2 around 6; and a set without elements, which says nothing, whatever else it holds.
    /// </summary>
    [Theory]
    [InlineData(4f, 5f, 2f, 2f, 2f, 2f, 6f, 2f)]
    [InlineData(2f, 1f, 0f, 99f, float.NaN, 2f, 2f, 2f)]
    [InlineData(0f, float.NaN, 0f, 0f, 0f)]
    public void Sets_are_joined(float mean, float variance, params float[] sets)
    {
        var result = Scene.Sbuf(DType.Fp32, 2, 2);
        Assert.Equal([mean, variance], _example.Result(result, 3,
            new BnAggr(result, _example.Given(DType.Fp32, 2, sets)))[1]);
    }

    [Theory]
    [InlineData(512, 6, "")]
    [InlineData(513, 6, "TRN2010")]
    [InlineData(512, 5, "TRN2008")]
    public void Shapes_of_statistics(int free, int results, string code) =>
        Assert.Equal(code, string.Join(' ',
            Scene.Codes(new BnStats(Scene.Sbuf(DType.Fp32, 2, results), Scene.Sbuf(DType.Bf16, 2, free)))));

    [Theory]
    [InlineData(1026, 2, "")]
    [InlineData(1025, 2, "TRN2008")]
    [InlineData(6, 3, "TRN2008")]
    public void Shapes_of_aggregates(int free, int results, string code) =>
        Assert.Equal(code, string.Join(' ',
            Scene.Codes(new BnAggr(Scene.Sbuf(DType.Fp32, 2, results), Scene.Sbuf(DType.Bf16, 2, free)))));

    [Fact]
    public void Expand_to_what_they_read()
    {
        var (stats, result) = (Scene.Sbuf(DType.Fp32, 8, 6), Scene.Sbuf(DType.Fp32, 8, 2));
        var data = Scene.Sbuf(DType.Fp32, 8, 100);
        Assert.Equal(
            [new Instruction(CostClass.BatchStatistics, 100, DType.Fp32, InstructionTraits.Sbuf, Rows: 8)],
            Scene.Expand(new BnStats(stats, data)).Instructions.ToArray());
        Assert.Equal(
            [new Instruction(CostClass.BatchAggregate, 6, DType.Fp32, InstructionTraits.Sbuf, Rows: 8)],
            Scene.Expand(new BnAggr(result, stats)).Instructions.ToArray());
    }

    private float[] Statistics(params float[] row)
    {
        var result = Scene.Sbuf(DType.Fp32, 2, 6);
        return _example.Result(result, 3, new BnStats(result, _example.Given(DType.Fp32, 2, row)))[1];
    }
}
