using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

public sealed class TensorScalarReduceTests
{
    private readonly WorkedExample _example = new();

    private Scene Scene => _example.Scene;

    [Theory]
    [InlineData(AluOp.Add, 12f)]
    [InlineData(AluOp.Multiply, 48f)]
    [InlineData(AluOp.Maximum, 6f)]
    [InlineData(AluOp.Minimum, 2f)]
    public void Reduces_what_it_writes(AluOp op, float expected)
    {
        var reduce = Make() with { ReduceOp = op };
        Assert.Equal([2, 4, 6], _example.Result(reduce.Dst, 3, reduce)[1]);
        Assert.Equal([expected], _example.Result(reduce.ReduceRes!.Value, 3, reduce)[1]);
    }

    [Fact]
    public void Negation_leaves_the_registers()
    {
        var reduce = Make() with { ReduceResNegate = true };
        Assert.Equal([-12], _example.Result(reduce.ReduceRes!.Value, 3, reduce)[0]);
        Assert.Equal([-24], _example.Result(reduce.ReduceRes!.Value, 3, reduce,
            reduce with { ReduceCmd = ReduceCommand.Reduce })[0]);
    }

    /// <summary>257 is no bf16: rounded first, the sum would be 512.</summary>
    [Fact]
    public void Values_are_not_rounded_before_they_are_reduced()
    {
        var result = Scene.Sbuf(DType.Fp32, 2, 1);
        var reduce = new TensorScalarReduce(
            Scene.Sbuf(DType.Bf16, 2, 2), _example.Given(DType.Fp32, 2, 256, 256), AluOp.Add, 1f, AluOp.Add, result);
        Assert.Equal([514], _example.Result(result, 3, reduce)[0]);
    }

    [Fact]
    public void The_other_order_is_refused_by_name()
    {
        var finding = Assert.Single(Scene.Findings(Make() with { Reverse0 = true }));
        Assert.Equal("TRN2009", finding.Code.Id);
        Assert.Contains("reverse0", finding.Message);
    }

    [Fact]
    public void Registers_are_loaded_by_load_reduce_alone()
    {
        Assert.Empty(Scene.Codes(Make() with { ReduceCmd = ReduceCommand.LoadReduce, ReduceInit = 1f }));
        Assert.Equal(["TRN2211"], Scene.Codes(Make() with { ReduceCmd = ReduceCommand.LoadReduce }));
        Assert.Equal(["TRN2211"], Scene.Codes(Make() with { ReduceInit = 1f }));
        var column = Make() with { ReduceCmd = ReduceCommand.LoadReduce, ReduceInit = Scene.Sbuf(DType.Bf16, 2, 1) };
        Assert.Equal(["TRN2004"], Scene.Codes(column));
    }

    [Theory]
    [InlineData(ReduceCommand.Idle)]
    [InlineData(ReduceCommand.Reset)]
    public void It_always_reduces(ReduceCommand command) =>
        Assert.Contains("TRN2211", Scene.Codes(Make() with { ReduceCmd = command }));

    [Fact]
    public void Operators_and_shapes()
    {
        Assert.Equal(["TRN2211"], Scene.Codes(Make() with { ReduceOp = AluOp.Subtract }));
        Assert.Equal(["TRN2202"], Scene.Codes(Make() with { Op0 = AluOp.BitwiseAnd }));
        Assert.Equal(["TRN2205"], Scene.Codes(Make() with { Op0 = AluOp.Abs }));
        Assert.Equal(["TRN2008"], Scene.Codes(Make() with { ReduceRes = Scene.Sbuf(DType.Fp32, 2, 3) }));
    }

    [Fact]
    public void Expands_to_one_stream() => Assert.Equal(
        [new Instruction(CostClass.Elementwise, 3, DType.Fp32, InstructionTraits.Sbuf, Rows: 2)],
        Scene.Expand(Make()).Instructions.ToArray());

    private TensorScalarReduce Make() => new(
        Scene.Sbuf(DType.Fp32, 2, 3), _example.Given(DType.Fp32, 2, 1, 2, 3), AluOp.Multiply, 2f, AluOp.Add,
        Scene.Sbuf(DType.Fp32, 2, 1));
}
