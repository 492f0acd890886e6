using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

public sealed class ScalarTensorTensorTests
{
    private readonly Scene _scene = new();

    [Theory]
    [InlineData(AluOp.Multiply, AluOp.Add, true)]
    [InlineData(AluOp.BitwiseAnd, AluOp.Add, false)]
    [InlineData(AluOp.Multiply, AluOp.BitwiseAnd, false)]
    [InlineData(AluOp.Multiply, AluOp.Abs, false)]
    [InlineData(AluOp.Power, AluOp.Add, false)]
    [InlineData(AluOp.Multiply, AluOp.Power, false)]
    public void Arithmetic_of_vector(AluOp op0, AluOp op1, bool isLegal) =>
        Assert.Equal(isLegal ? [] : ["TRN2202"], _scene.Codes(Make() with { Op0 = op0, Op1 = op1 }));

    [Fact]
    public void One_tensor_at_most_lies_in_psum()
    {
        var psum = _scene.Psum(DType.Fp32, 8, 4);
        Assert.Empty(_scene.Codes(Make() with { Data = psum, Operand0 = _scene.Psum(DType.Fp32, 8, 1) }));
        Assert.Empty(_scene.Codes(Make() with { Operand1 = psum }));
        Assert.Equal(["TRN2201"], _scene.Codes(Make() with { Data = psum, Operand1 = psum }));
    }

    [Fact]
    public void Operands_fit_the_data()
    {
        Assert.Equal(["TRN2008"], _scene.Codes(Make() with { Operand1 = _scene.Sbuf(DType.Fp32, 8, 3) }));
        Assert.Equal(["TRN2008"], _scene.Codes(Make() with { Operand0 = _scene.Sbuf(DType.Fp32, 8, 4) }));
        Assert.Empty(_scene.Codes(Make() with { Operand0 = _scene.Sbuf(DType.Fp16, 8, 1) }));
        Assert.Equal(["TRN2205"], _scene.Codes(Make() with { Op0 = AluOp.Abs }));
    }

    [Fact]
    public void Expands_to_two_streams() => Assert.Equal(
        [new Instruction(CostClass.ElementwiseTwo, 4, DType.Fp32, InstructionTraits.Sbuf, Rows: 8)],
        _scene.Expand(Make()).Instructions.ToArray());

    private ScalarTensorTensor Make() => new(
        _scene.Sbuf(DType.Bf16, 8, 4), _scene.Sbuf(DType.Fp32, 8, 4), AluOp.Multiply, 2f, AluOp.Add, _scene.Sbuf(DType.Fp32, 8, 4));
}
