using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

/// <summary>max8, nc_find_index8 and nc_match_replace8.</summary>
public sealed class EightValuesTests
{
    private const uint None = uint.MaxValue;

    private static readonly float[] Row = [1, 2, 3, 4, 8, 8, 8, 8, 8, 8, 8];
    private static readonly float[] Wanted = [3, 8, 8, 8, 8, 8, 8, 8];

    private readonly WorkedExample _example = new();

    private Scene Scene => _example.Scene;

    [Fact]
    public void Largest_are_descending()
    {
        var row = Enumerable.Range(0, 2000).Select(i => (float)(i * 7919 % 2000)).ToArray();
        Assert.Equal([1999, 1998, 1997, 1996, 1995, 1994, 1993, 1992], Largest(row));
        Assert.Equal([8, 8, 8, 8, 8, 8, 8, 4], Largest(Row));
    }

    [Fact]
    public void Nan_is_largest_and_minus_zero_follows_zero()
    {
        float[] row = [-0f, 0f, float.NegativeInfinity, -1, float.PositiveInfinity, -float.NaN, -0f, 5,
            float.NegativeInfinity];
        var expected = new[] { float.NaN, float.PositiveInfinity, 5, 0f, -0f, -0f, -1, float.NegativeInfinity };
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits).Skip(1),
            Largest(row).Select(BitConverter.SingleToInt32Bits).Skip(1));
        Assert.True(float.IsNaN(Largest(row)[0]));
    }

    [Fact]
    public void Equal_values_are_found_in_ascending_order()
    {
        Assert.Equal([2, 4, 5, 6, 7, 8, 9, 10], Found(DType.UInt32, Row, Wanted));
        Assert.Equal([2, 4, 5, 6, 7, 8, 9, None], Found(DType.UInt32, Row[..10], Wanted));
    }

    [Fact]
    public void Absent_values_give_all_ones()
    {
        float[] wanted = [9, 1, float.NaN, -1, 4, 4, 2, 3];
        Assert.Equal([None, 0, None, None, 3, None, 1, 2], Found(DType.UInt32, Row, wanted));
        Assert.Equal([65535, 0, 65535, 65535, 3, 65535, 1, 2], Found(DType.UInt16, Row, wanted));
    }

    [Fact]
    public void Zeros_are_equal_and_nan_is_not()
    {
        float[] row = [1, float.NaN, -0f, 2, 0f, 3, 4, 5];
        Assert.Equal([2, 4, None, 0, 3, 5, 6, 7], Found(DType.UInt32, row, [0f, -0f, float.NaN, 1, 2, 3, 4, 5]));
    }

    /// <summary>The places that the documents print.</summary>
    [Fact]
    public void Equal_values_are_replaced_in_descending_order()
    {
        var replace = Replace(Row, Wanted);
        Assert.Equal([1, 2, -7, 4, -7, -7, -7, -7, -7, -7, -7], _example.Result(replace.Dst, 3, replace)[1]);
        Assert.Equal([2, 10, 9, 8, 7, 6, 5, 4], _example.Result(replace.DstIdx!.Value, 3, replace)[1]);
    }

    /// <summary>Seven equal values and two such elements: the last two values get them.</summary>
    [Fact]
    public void Values_without_an_element_give_all_ones()
    {
        var replace = Replace(Row[..6], Wanted);
        Assert.Equal([1, 2, -7, 4, -7, -7], _example.Result(replace.Dst, 3, replace)[0]);
        Assert.Equal([2, None, None, None, None, None, 5, 4],
            _example.Result(replace.DstIdx!.Value, 3, replace)[0].Select(v => v == None ? None : v));
    }

    [Fact]
    public void What_is_not_found_keeps_its_bits()
    {
        var data = Scene.Sbuf(DType.UInt16, 1, 8);
        var half = data with { DType = DType.Bf16 };
        var bytes = Scene.Execute(
            data, Engine.None, new Memset(data, 0x7fa1),
            new NcMatchReplace8(half, half, Scene.Sbuf(DType.Bf16, 1, 8), 1f));
        Assert.All(bytes.Chunk(2), b => Assert.Equal([0xa1, 0x7f], b));
    }

    [Fact]
    public void In_place_and_over_blocks()
    {
        var values = Enumerable.Range(0, 3000).Select(i => (float)i).ToArray();
        var data = _example.Given(DType.Fp32, 1, values);
        var split = data with { Count2 = 3, Stride2 = 1000, Count3 = 1000 };
        float[] wanted = [0, 1023, 1024, 1025, 2047, 2048, 2999, 16];
        var replace = new NcMatchReplace8(split, split, _example.Given(DType.Fp32, 1, wanted), -1f,
            Scene.Sbuf(DType.UInt16, 1, 8));
        Assert.Equal(values.Select(v => wanted.Contains(v) ? -1 : v), _example.Result(data, 3, replace)[0]);
        Assert.Equal(wanted, _example.Result(replace.DstIdx!.Value, 3, replace)[0]);
    }

    [Theory]
    [InlineData(8, 8, "")]
    [InlineData(16384, 8, "")]
    [InlineData(7, 8, "TRN2010")]
    [InlineData(16385, 8, "TRN2010")]
    [InlineData(8, 7, "TRN2008")]
    public void Sizes_of_max8(int free, int results, string code) =>
        Assert.Equal(code, string.Join(' ',
            Scene.Codes(new Max8(Scene.Sbuf(DType.Bf16, 2, results), Scene.Sbuf(DType.Fp32, 2, free)))));

    [Fact]
    public void Dimensions_and_dtypes()
    {
        var data = Scene.Sbuf(DType.Fp32, 2, 64) with { Count1 = 2, Stride1 = 32, Count2 = 2, Stride2 = 8, Count3 = 4 };
        Assert.Equal(["TRN2008"], Scene.Codes(new Max8(Scene.Sbuf(DType.Fp32, 2, 8), data)));
        var two = Scene.Sbuf(DType.Fp32, 2, 64) with { Count2 = 2, Stride2 = 8, Count3 = 4 };
        Assert.Equal(["TRN2008"], Scene.Codes(new Max8(two, Scene.Sbuf(DType.Fp32, 2, 64))));
        Assert.Empty(Scene.Codes(new Max8(Scene.Sbuf(DType.Fp32, 2, 8), two)));
        var find = new NcFindIndex8(Scene.Sbuf(DType.UInt16, 2, 8), two, Scene.Sbuf(DType.Fp32, 2, 8));
        Assert.Empty(Scene.Codes(find));
        Assert.Equal(["TRN2004"], Scene.Codes(find with { Dst = Scene.Sbuf(DType.Int32, 2, 8) }));
        Assert.Equal(["TRN2008"], Scene.Codes(find with { Vals = Scene.Sbuf(DType.Fp32, 2, 7) }));
    }

    [Fact]
    public void Both_results_have_bytes_of_their_own()
    {
        var data = Scene.Sbuf(DType.UInt16, 2, 8);
        var replace = new NcMatchReplace8(data, data, Scene.Sbuf(DType.Fp32, 2, 8), 0f, data);
        Assert.Equal(["TRN2206"], Scene.Codes(replace));
        Assert.Equal(["TRN2008"], Scene.Codes(replace with { DstIdx = Scene.Sbuf(DType.UInt16, 2, 9) }));
    }

    [Fact]
    public void Expand_to_what_they_read()
    {
        var (data, eight, places) = (Scene.Sbuf(DType.Fp32, 2, 64), Scene.Sbuf(DType.Fp32, 2, 8),
            Scene.Sbuf(DType.UInt32, 2, 8));
        Operation[] operations = [new Max8(eight, data), new NcFindIndex8(places, data, eight),
            new NcMatchReplace8(data, data, eight, 0f)];
        Assert.Equal(
            [(CostClass.Max8, 64), (CostClass.FindIndex8, 64), (CostClass.MatchReplace8, 64)],
            operations.Select(o => Scene.Expand(o).Instructions[0]).Select(i => (i.Class, i.Items)));
    }

    private float[] Largest(float[] row)
    {
        var dst = Scene.Sbuf(DType.Fp32, 2, 8);
        return _example.Result(dst, 3, new Max8(dst, _example.Given(DType.Fp32, 2, row)))[1];
    }

    private IEnumerable<uint> Found(DType dtype, float[] row, float[] wanted)
    {
        var dst = Scene.Sbuf(dtype, 2, 8);
        var find = new NcFindIndex8(dst, _example.Given(DType.Fp32, 2, row), _example.Given(DType.Fp32, 2, wanted));
        return _example.Result(dst, 3, find)[1].Select(v => v >= None ? None : (uint)v);
    }

    private NcMatchReplace8 Replace(float[] row, float[] wanted) => new(
        Scene.Sbuf(DType.Fp32, 2, row.Length), _example.Given(DType.Fp32, 2, row),
        _example.Given(DType.Fp32, 2, wanted), -7f,
        Scene.Sbuf(DType.UInt32, 2, 8));
}
