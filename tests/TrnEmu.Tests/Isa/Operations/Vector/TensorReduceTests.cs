using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

public sealed class TensorReduceTests
{
    private readonly Scene _scene = new();

    [Theory]
    [InlineData(new[] { -1 }, 6, true)]
    [InlineData(new[] { -2, -1 }, 2, true)]
    [InlineData(new[] { -1, -2, -3 }, 1, true)]
    [InlineData(new[] { -1, -2, -3, -4 }, 1, true)]
    [InlineData(new[] { -1 }, 2, false)]
    [InlineData(new[] { -1, -2 }, 6, false)]
    public void Results_are_the_kept_axes(int[] axis, int results, bool isLegal)
    {
        var reduce = new TensorReduce(_scene.Sbuf(DType.Fp32, 8, results), AluOp.Add, Data(DType.Fp32), [.. axis]);
        Assert.Equal(isLegal ? [] : ["TRN2008"], _scene.Codes(reduce));
    }

    [Theory]
    [InlineData]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-2)]
    [InlineData(-1, -3)]
    [InlineData(-1, -1)]
    [InlineData(-1, -2, -3, -4, -5)]
    public void Axes_are_the_innermost(params int[] axis) =>
        Assert.Equal(["TRN2207"], _scene.Codes(Make(AluOp.Add, DType.Fp32) with { Axis = [.. axis] }));

    [Theory]
    [InlineData(AluOp.Add, "")]
    [InlineData(AluOp.LogicalXor, "")]
    [InlineData(AluOp.Subtract, "TRN2099")]
    [InlineData(AluOp.AbsMax, "TRN2202")]
    [InlineData(AluOp.Equal, "TRN2202")]
    public void Operators(AluOp op, string code) =>
        Assert.Equal(code, string.Join(' ', _scene.Codes(Make(op, DType.Fp32), 4)));

    [Fact]
    public void Bits_are_integers_without_a_sign()
    {
        Assert.Empty(_scene.Codes(Make(AluOp.BitwiseOr, DType.UInt16)));
        Assert.Equal(["TRN2203", "TRN2203"], _scene.Codes(Make(AluOp.BitwiseOr, DType.Bf16)));
        Assert.Equal(["TRN2009"], _scene.Codes(Make(AluOp.BitwiseOr, DType.Int8) with { Negate = true }));
    }

    [Fact]
    public void One_result_for_each_row_may_replace_data()
    {
        var row = _scene.Sbuf(DType.Fp32, 8, 12);
        Assert.Empty(_scene.Codes(new TensorReduce(Scene.Free(row, 1), AluOp.Add, row, [-1])));
        var split = row with { Count2 = 3, Stride2 = 4, Count3 = 4 };
        Assert.Equal(["TRN2206"], _scene.Codes(new TensorReduce(Scene.Free(row, 3), AluOp.Add, split, [-1])));
    }

    [Fact]
    public void Expands_to_its_input() => Assert.Equal(
        [new Instruction(CostClass.Reduce, 24, DType.Fp32, InstructionTraits.Sbuf, Rows: 8)],
        _scene.Expand(Make(AluOp.Add, DType.Fp32)).Instructions.ToArray());

    private TensorReduce Make(AluOp op, DType dtype) => new(_scene.Sbuf(dtype, 8, 6), op, Data(dtype), [-1]);

    private AccessPattern Data(DType dtype) => _scene.Sbuf(dtype, 8, 24) with
    {
        Count1 = 2,
        Stride1 = 12,
        Count2 = 3,
        Stride2 = 4,
        Count3 = 4,
        Stride3 = 1,
    };
}
