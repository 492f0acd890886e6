using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

public sealed class TensorTensorTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void One_input_at_most_lies_in_psum()
    {
        var (psum, sbuf) = (_scene.Psum(DType.Fp32, 8, 4), _scene.Sbuf(DType.Fp32, 8, 4));
        var dst = _scene.Psum(DType.Fp32, 8, 4);
        Assert.Empty(_scene.Codes(new TensorTensor(dst, psum, sbuf, AluOp.Add)));
        Assert.Empty(_scene.Codes(new TensorTensor(dst, sbuf, psum, AluOp.Add)));
        Assert.Equal(["TRN2201"], _scene.Codes(new TensorTensor(dst, psum, psum, AluOp.Add)));
    }

    [Theory]
    [InlineData(AluOp.Abs, 4)]
    [InlineData(AluOp.Reciprocal, 4)]
    [InlineData(AluOp.AbsMax, 3)]
    [InlineData(AluOp.AbsMin, 3)]
    public void Operators_that_no_engine_has(AluOp op, int generation) =>
        Assert.Equal(["TRN2202"], _scene.Codes(Make(DType.Fp32, op), generation));

    [Fact]
    public void Bypass_is_open() => Assert.Equal(["TRN2099"], _scene.Codes(Make(DType.Fp32, AluOp.Bypass), 4));

    [Fact]
    public void Magnitudes_come_with_generation_4() => Assert.Empty(_scene.Codes(Make(DType.Fp32, AluOp.AbsMax), 4));

    [Theory]
    [InlineData(AluOp.Power, Engine.Vector, false)]
    [InlineData(AluOp.Power, Engine.GpSimd, true)]
    [InlineData(AluOp.Power, Engine.None, true)]
    [InlineData(AluOp.BitwiseAnd, Engine.GpSimd, false)]
    [InlineData(AluOp.BitwiseAnd, Engine.Vector, true)]
    [InlineData(AluOp.AbsMax, Engine.GpSimd, true)]
    public void Operators_by_engine(AluOp op, Engine engine, bool isLegal) =>
        Assert.Equal(isLegal ? [] : ["TRN2202"], _scene.Codes(Make(DType.Int32, op), 4, engine));

    [Fact]
    public void Power_in_psum_has_no_engine() =>
        Assert.Equal(["TRN2003"], _scene.Codes(Make(DType.Fp32, AluOp.Power) with { Dst = _scene.Psum(DType.Fp32, 8, 4) }));

    [Fact]
    public void Bits_are_integers_of_one_size()
    {
        var and = Make(DType.Int16, AluOp.BitwiseAnd);
        Assert.Empty(_scene.Codes(and with { Data1 = _scene.Sbuf(DType.UInt16, 8, 4) }));
        Assert.Equal(["TRN2203"], _scene.Codes(and with { Data1 = _scene.Sbuf(DType.Int32, 8, 4) }));
        Assert.Equal(["TRN2203"], _scene.Codes(and with { Data2 = _scene.Sbuf(DType.Bf16, 8, 4) }));
        Assert.Equal(["TRN2203"], _scene.Codes(and with { Dst = _scene.Sbuf(DType.Bf16, 8, 4) }));
    }

    [Fact]
    public void Shapes_and_overlaps_of_both_inputs()
    {
        var add = Make(DType.Fp32, AluOp.Add);
        Assert.Equal(["TRN2008"], _scene.Codes(add with { Data1 = _scene.Sbuf(DType.Fp32, 8, 3) }));
        Assert.Equal(["TRN2008"], _scene.Codes(add with { Data2 = _scene.Sbuf(DType.Fp32, 7, 4) }));
        var row = _scene.Sbuf(DType.Fp32, 8, 8);
        var shifted = Scene.Free(row, 4) with { Offset = 4 };
        Assert.Equal(["TRN2206"], _scene.Codes(add with { Dst = Scene.Free(row, 4), Data1 = shifted }));
        Assert.Equal(["TRN2206"], _scene.Codes(add with { Dst = Scene.Free(row, 4), Data2 = shifted }));
    }

    /// <summary>(2^24 + 1) + 0 keeps its last bit as integers and loses it through fp32.</summary>
    [Theory]
    [InlineData(Engine.GpSimd, 16777217)]
    [InlineData(Engine.None, 16777217)]
    [InlineData(Engine.Vector, 16777216)]
    public void Words_are_exact_on_gpsimd(Engine engine, int expected)
    {
        var (dst, a, b) = (_scene.Sbuf(DType.Int32, 1, 1), _scene.Sbuf(DType.Int32, 1, 1), _scene.Sbuf(DType.Int32, 1, 1));
        var bytes = _scene.Execute(
            dst, engine, new Memset(a, 16777217), new Memset(b, 0), new TensorTensor(dst, a, b, AluOp.Add));
        Assert.Equal(expected, BitConverter.ToInt32(bytes));
    }

    [Fact]
    public void Prefers_gpsimd_for_what_it_alone_computes()
    {
        var add = Make(DType.Int32, AluOp.Add);
        var inPsum = add with { Data1 = _scene.Psum(DType.Int32, 8, 4) };
        Assert.Equal(Engine.GpSimd, add.PreferredEngine(_scene.ProgramOf()));
        Assert.Equal(Engine.Vector, inPsum.PreferredEngine(_scene.ProgramOf()));
        Assert.Equal(Engine.Vector, (add with { Op = AluOp.BitwiseOr }).PreferredEngine(_scene.ProgramOf()));
        Assert.Equal(Engine.Vector, Make(DType.Fp32, AluOp.Add).PreferredEngine(_scene.ProgramOf()));
        Assert.Equal(Engine.GpSimd, Make(DType.Fp32, AluOp.Power).PreferredEngine(_scene.ProgramOf()));
    }

    [Fact]
    public void Expands_to_two_streams()
    {
        var add = Make(DType.Bf16, AluOp.Add) with { Data2 = _scene.Sbuf(DType.Fp32, 8, 4) };
        Assert.Equal(
            [new Instruction(CostClass.ElementwiseTwo, 4, DType.Fp32, InstructionTraits.Sbuf, Rows: 8)],
            _scene.Expand(add).Instructions.ToArray());
    }

    private TensorTensor Make(DType dtype, AluOp op) =>
        new(_scene.Sbuf(dtype, 8, 4), _scene.Sbuf(dtype, 8, 4), _scene.Sbuf(dtype, 8, 4), op);
}
