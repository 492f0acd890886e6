using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

public sealed class SelectReduceTests
{
    private readonly WorkedExample _example = new();

    private Scene Scene => _example.Scene;

    [Theory]
    [InlineData(false, 1f, -5f, 3f, -5f, 3f)]
    [InlineData(true, -5f, 2f, -5f, 4f, 4f)]
    public void Chooses_by_the_predicate(bool reverse, float a, float b, float c, float d, float largest)
    {
        var select = Make() with
        {
            ReversePred = reverse,
            ReduceCmd = ReduceCommand.ResetReduce,
            ReduceRes = Scene.Sbuf(DType.Bf16, 2, 1)
        };
        Assert.Equal([a, b, c, d], _example.Result(select.Dst, 3, select)[1]);
        Assert.Equal([largest], _example.Result(select.ReduceRes.Value, 3, select)[1]);
    }

    [Fact]
    public void Each_row_may_have_its_own_other_value()
    {
        var select = Make() with { OnFalse = _example.Given(DType.Bf16, [[10], [20]]) };
        Assert.Equal([[1, 10, 3, 10], [1, 20, 3, 20]], _example.Result(select.Dst, 3, select));
    }

    [Fact]
    public void Maxima_go_on_over_several()
    {
        var (first, result) = (Make() with { ReduceCmd = ReduceCommand.ResetReduce }, Scene.Sbuf(DType.Fp32, 2, 1));
        var next = first with
        {
            OnTrue = _example.Given(DType.Fp32, 2, 0, 0, 0, 0),
            ReduceCmd = ReduceCommand.Reduce,
            ReduceRes = result
        };
        Assert.Equal([3], _example.Result(result, 3, first, next)[0]);
    }

    /// <summary>A NaN with a payload in every dtype that copies, a canonical one where the dtype changes.</summary>
    [Fact]
    public void Chosen_elements_keep_their_bits()
    {
        var (bits, predicate) = (Scene.Sbuf(DType.UInt16, 1, 2), _example.Given(DType.UInt8, 1, 1, 1));
        var (half, wide) = (Scene.Sbuf(DType.Bf16, 1, 2), Scene.Sbuf(DType.Fp32, 1, 2));
        Operation fill = new Memset(bits, 0x7fa1);
        var source = bits with { DType = DType.Bf16 };
        Assert.Equal([0xa1, 0x7f, 0xa1, 0x7f],
            Scene.Execute(half, Engine.None, fill, Ones(), new SelectReduce(half, predicate, source, 0f)));
        Assert.Equal([0, 0, 0xc0, 0x7f],
            Scene.Execute(wide, Engine.None, fill, Ones(), new SelectReduce(wide, predicate, source, 0f))[..4]);

        Operation Ones() => new Memset(predicate, 1);
    }

    [Fact]
    public void Operands_fit_each_other()
    {
        Assert.Equal(["TRN2201"], Scene.Codes(Make() with
        {
            Predicate = Scene.Psum(DType.UInt8, 2, 4),
            OnTrue = Scene.Psum(DType.Fp32, 2, 4)
        }));
        Assert.Empty(Scene.Codes(Make() with { OnTrue = Scene.Psum(DType.Fp32, 2, 4) }));
        Assert.Equal(["TRN2004"], Scene.Codes(Make() with { Predicate = Scene.Sbuf(DType.UInt32, 2, 4) }));
        Assert.Equal(["TRN2004"], Scene.Codes(Make() with { OnTrue = Scene.Sbuf(DType.Int32, 2, 4) }));
        Assert.Equal(["TRN2004"], Scene.Codes(Make() with
        {
            ReduceCmd = ReduceCommand.ResetReduce,
            ReduceRes = Scene.Sbuf(DType.Int32, 2, 1)
        }));
        Assert.Equal(["TRN2211"], Scene.Codes(Make() with { ReduceOp = AluOp.Minimum }));
        Assert.Equal(["TRN2211"], Scene.Codes(Make() with { ReduceCmd = ReduceCommand.LoadReduce }));
        Assert.Equal(["TRN2099"], Scene.Codes(Make() with { ReduceRes = Scene.Sbuf(DType.Fp32, 2, 1) }));
    }

    [Fact]
    public void Expands_to_a_selection() => Assert.Equal(
        [CostClass.Select], Scene.Expand(Make()).Instructions.ToArray().Select(i => i.Class));

    private SelectReduce Make() => new(
        Scene.Sbuf(DType.Fp32, 2, 4), _example.Given(DType.Int8, 2, 1, 0, -1, 0),
        _example.Given(DType.Fp32, 2, 1, 2, 3, 4), -5f);
}
