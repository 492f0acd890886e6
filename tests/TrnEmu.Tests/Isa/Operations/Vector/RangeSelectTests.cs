using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

public sealed class RangeSelectTests
{
    private const float Least = float.MinValue;

    private readonly WorkedExample _example = new();

    private Scene Scene => _example.Scene;

    /// <summary>Indices 10 to 13; row 0 has the bounds 11 and 13, row 1 has 0 and 100.</summary>
    [Theory]
    [InlineData(AluOp.GreaterEqual, AluOp.Less, Least, 2f, 3f, Least)]
    [InlineData(AluOp.Greater, AluOp.LessEqual, Least, Least, 3f, 4f)]
    [InlineData(AluOp.Equal, AluOp.Less, Least, 2f, Least, Least)]
    [InlineData(AluOp.Less, AluOp.Less, 1f, Least, Least, Least)]
    public void Keeps_what_lies_within_the_bounds(AluOp op0, AluOp op1, params float[] expected)
    {
        var select = Make() with { CompOp0 = op0, CompOp1 = op1 };
        Assert.Equal(expected, _example.Result(select.Dst, 3, select)[0]);
    }

    [Fact]
    public void Bounds_are_those_of_the_row()
    {
        var select = Make() with { ReduceRes = Scene.Sbuf(DType.Fp32, 2, 1) };
        Assert.Equal([1, 2, 3, 4], _example.Result(select.Dst, 3, select)[1]);
        Assert.Equal([[3], [4]], _example.Result(select.ReduceRes.Value, 3, select));
    }

    /// <summary>Nothing chosen: bf16 makes -Inf of the smallest fp32, an fp32 result keeps it.</summary>
    [Fact]
    public void The_largest_is_found_before_results_are_rounded()
    {
        var select = Make() with
        {
            Dst = Scene.Sbuf(DType.Bf16, 2, 4),
            RangeStart = 1000,
            ReduceRes = Scene.Sbuf(DType.Fp32, 2, 1)
        };
        Assert.All(_example.Result(select.Dst, 3, select)[1], v => Assert.Equal(float.NegativeInfinity, v));
        Assert.Equal([[Least], [Least]], _example.Result(select.ReduceRes.Value, 3, select));
    }

    [Fact]
    public void Reset_makes_the_registers_the_identity()
    {
        var select = Make() with { ReduceCmd = ReduceCommand.Reset, ReduceRes = Scene.Sbuf(DType.Fp32, 2, 1) };
        Assert.Equal([[float.NegativeInfinity], [float.NegativeInfinity]],
            _example.Result(select.ReduceRes.Value, 3, select));
    }

    [Fact]
    public void Indices_count_through_all_free_dimensions_and_blocks()
    {
        const int Free = 3000;
        var data = _example.Given(DType.Fp32, 1, [.. Enumerable.Repeat(1f, Free)]);
        var split = data with { Count2 = 3, Stride2 = 1000, Count3 = 1000 };
        var select = new RangeSelect(
            Scene.Sbuf(DType.Fp32, 1, Free), split, AluOp.GreaterEqual, AluOp.LessEqual,
            _example.Given(DType.Fp32, 1, 1030),
            _example.Given(DType.Fp32, 1, 2050));
        var row = _example.Result(select.Dst, 3, select)[0];
        Assert.Equal(Enumerable.Range(0, Free).Select(i => i is >= 1030 and <= 2050 ? 1 : Least), row);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData((1 << 24) - 3, true)]
    [InlineData((1 << 24) - 2, false)]
    [InlineData(-(1 << 24), true)]
    [InlineData(-(1 << 24) - 1, false)]
    [InlineData(int.MaxValue, false)]
    public void Indices_are_exact_in_fp32(int start, bool isLegal) =>
        Assert.Equal(isLegal ? [] : ["TRN2009"], Scene.Codes(Make() with { RangeStart = start }));

    [Theory]
    [InlineData(-3.4028235e38f, true)]
    [InlineData(-3.4028233e38f, false)]
    [InlineData(float.NegativeInfinity, false)]
    [InlineData(0f, false)]
    public void The_other_value_is_fixed(float value, bool isLegal) =>
        Assert.Equal(isLegal ? [] : ["TRN2009"], Scene.Codes(Make() with { OnFalseValue = value }));

    [Fact]
    public void Operands_fit_each_other()
    {
        Assert.Equal(["TRN2004"], Scene.Codes(Make() with { Bound0 = Scene.Sbuf(DType.Int32, 2, 1) }));
        Assert.Equal(["TRN2008"], Scene.Codes(Make() with { Bound1 = Scene.Sbuf(DType.Fp32, 2, 4) }));
        Assert.Equal(["TRN2004"], Scene.Codes(Make() with { OnTrueTile = Scene.Sbuf(DType.Int16, 2, 4) }));
        Assert.Equal(["TRN2202"], Scene.Codes(Make() with { CompOp0 = AluOp.NotEqual }));
        Assert.Equal(["TRN2202"], Scene.Codes(Make() with { CompOp1 = AluOp.Add }));
        Assert.Equal(["TRN2211"], Scene.Codes(Make() with { ReduceOp = AluOp.Add }));
        Assert.Equal(["TRN2211"], Scene.Codes(Make() with { ReduceCmd = ReduceCommand.LoadReduce }));
        Assert.Equal(["TRN2001"], Scene.Codes(Make(), 2));
    }

    [Fact]
    public void Expands_to_a_selection() => Assert.Equal(
        [CostClass.Select], Scene.Expand(Make()).Instructions.ToArray().Select(i => i.Class));

    private RangeSelect Make() => new(
        Scene.Sbuf(DType.Fp32, 2, 4), _example.Given(DType.Fp32, 2, 1, 2, 3, 4), AluOp.GreaterEqual, AluOp.Less,
        _example.Given(DType.Fp32, [[11], [0]]), _example.Given(DType.Fp32, [[13], [100]]), RangeStart: 10);
}
