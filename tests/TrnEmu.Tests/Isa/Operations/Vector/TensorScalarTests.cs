using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

public sealed class TensorScalarTests
{
    private readonly Scene _scene = new();

    [Theory]
    [InlineData(3, AluOp.Multiply, AluOp.Add, true)]
    [InlineData(3, AluOp.Multiply, null, true)]
    [InlineData(3, AluOp.Add, null, true)]
    [InlineData(3, AluOp.Add, AluOp.Multiply, false)]
    [InlineData(3, AluOp.Multiply, AluOp.Multiply, false)]
    [InlineData(3, AluOp.Subtract, null, false)]
    [InlineData(2, AluOp.Multiply, null, false)]
    public void Scalar_engine_multiplies_and_adds(int generation, AluOp op0, AluOp? op1, bool isLegal)
    {
        var operation = Make(op0, 2) with { Op1 = op1, Operand1 = op1 is null ? null : (ScalarOperand)3f };
        Assert.Equal(isLegal ? [] : ["TRN2002"], _scene.Codes(operation, generation, Engine.Scalar));
        Assert.Empty(_scene.Codes(operation, generation, Engine.Vector));
    }

    [Fact]
    public void GpSimd_computes_rsqrt_and_vector_does_not()
    {
        Assert.Empty(_scene.Codes(Make(AluOp.Rsqrt, 0)));
        Assert.Empty(_scene.Codes(Make(AluOp.Rsqrt, 0), engine: Engine.GpSimd));
        Assert.Equal(["TRN2202"], _scene.Codes(Make(AluOp.Rsqrt, 0), engine: Engine.Vector));
        Assert.Equal(["TRN2002"], _scene.Codes(Make(AluOp.Add, 1), engine: Engine.GpSimd));
        Assert.Equal(["TRN2003"], _scene.Codes(Make(AluOp.Rsqrt, 0) with { Data = _scene.Psum(DType.Fp32, 8, 4) }));
    }

    [Theory]
    [InlineData(AluOp.Square, 2, "")]
    [InlineData(AluOp.Relu, 2, "")]
    [InlineData(AluOp.AbsMin, 3, "TRN2202")]
    [InlineData(AluOp.AbsMin, 4, "")]
    [InlineData(AluOp.Bypass, 4, "TRN2099")]
    [InlineData(AluOp.Power, 4, "TRN2202")]
    public void Operators_by_generation(AluOp op, int generation, string code) =>
        Assert.Equal(code, string.Join(' ', _scene.Codes(Make(op, 0), generation)));

    [Fact]
    public void Unary_operators_take_0()
    {
        Assert.Empty(_scene.Codes(Make(AluOp.Abs, 0)));
        Assert.Equal(["TRN2205"], _scene.Codes(Make(AluOp.Abs, 1)));
        Assert.Equal(["TRN2205"], _scene.Codes(Make(AluOp.Abs, _scene.Sbuf(DType.Fp32, 8, 1))));
        Assert.Empty(_scene.Codes(Make(AluOp.Add, 1) with { Op1 = AluOp.Abs }));
        Assert.Equal(["TRN2205"], _scene.Codes(Make(AluOp.Add, 1) with { Op1 = AluOp.Abs, Operand1 = 2f }));
    }

    [Fact]
    public void Second_operator_and_operand_come_together()
    {
        Assert.Equal(["TRN2009"], _scene.Codes(Make(AluOp.Add, 1) with { Operand1 = 2f }));
        Assert.Equal(["TRN2009"], _scene.Codes(Make(AluOp.Add, 1) with { Reverse1 = true }));
        Assert.Equal(["TRN2009"], _scene.Codes(Make(AluOp.Add, 1) with { Op1 = AluOp.Multiply }));
    }

    [Fact]
    public void Bits_and_numbers_do_not_mix()
    {
        var and = Bits(255);
        Assert.Empty(_scene.Codes(and with { Op1 = AluOp.LeftShift, Operand1 = 3f }));
        Assert.Equal(["TRN2204"], _scene.Codes(and with { Op1 = AluOp.Add, Operand1 = 3f }));
        Assert.Equal(["TRN2204"], _scene.Codes(Make(AluOp.Add, 1) with { Op1 = AluOp.LeftShift, Operand1 = 3f }));
        Assert.Equal(["TRN2203"], _scene.Codes(Make(AluOp.BitwiseOr, 1) with { Dst = _scene.Sbuf(DType.UInt32, 8, 4) }));
    }

    [Theory]
    [InlineData(4294967295, true)]
    [InlineData(-2147483648, true)]
    [InlineData(4294967296, false)]
    [InlineData(-2147483904, false)]
    [InlineData(0.5, false)]
    [InlineData(double.NaN, false)]
    public void Masks_are_integers_of_32_bits(double mask, bool isLegal) =>
        Assert.Equal(isLegal ? [] : ["TRN2209"], _scene.Codes(Bits(mask)));

    [Theory]
    [InlineData(0x12345679)]
    [InlineData(0xfedcba97)]
    [InlineData(-2)]
    public void Masks_are_exact(long mask)
    {
        var row = _scene.Sbuf(DType.UInt32, 1, 1);
        var bytes = _scene.Execute(row, Engine.Vector, new Memset(row, 0), new TensorScalar(row, row, AluOp.BitwiseXor, mask));
        Assert.Equal((uint)mask, BitConverter.ToUInt32(bytes));
    }

    [Fact]
    public void Columns_have_one_value_for_each_partition()
    {
        Assert.Empty(_scene.Codes(Make(AluOp.Add, _scene.Psum(DType.Fp32, 8, 1))));
        Assert.Equal(["TRN2008"], _scene.Codes(Make(AluOp.Add, _scene.Sbuf(DType.Fp32, 8, 2))));
        Assert.Equal(["TRN2008"], _scene.Codes(Make(AluOp.Add, _scene.Sbuf(DType.Fp32, 7, 1))));
        Assert.Equal(["TRN2004"], _scene.Codes(Make(AluOp.Add, _scene.Sbuf(DType.Bf16, 8, 1))));
        Assert.Empty(_scene.Codes(Bits(_scene.Sbuf(DType.Int32, 8, 1))));
        Assert.Equal(["TRN2203"], _scene.Codes(Bits(_scene.Sbuf(DType.Fp32, 8, 1))));
    }

    /// <summary>The column is the data's first element: what the row was when it was read decides all of it.</summary>
    [Fact]
    public void Column_inside_the_destination_is_read_first()
    {
        var row = _scene.Sbuf(DType.UInt32, 1, 3000);
        var column = Scene.Free(row, 1);
        var bytes = _scene.Execute(row, Engine.Vector, new Memset(row, 5), new TensorScalar(row, row, AluOp.BitwiseXor, column));
        Assert.All(bytes, b => Assert.Equal(0, b));
    }

    private TensorScalar Make(AluOp op, ScalarOperand operand) =>
        new(_scene.Sbuf(DType.Fp32, 8, 4), _scene.Sbuf(DType.Fp32, 8, 4), op, operand);

    private TensorScalar Bits(ScalarOperand operand) =>
        new(_scene.Sbuf(DType.UInt32, 8, 4), _scene.Sbuf(DType.Int32, 8, 4), AluOp.BitwiseAnd, operand);
}
