using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

public sealed class TensorScalarCumulativeTests
{
    private readonly WorkedExample _example = new();

    private Scene Scene => _example.Scene;

    /// <summary>Values 2, 3, 4, 5 after op0; subtract takes the register from the value.</summary>
    [Theory]
    [InlineData(AluOp.Add, 2f, 5f, 9f, 14f)]
    [InlineData(AluOp.Subtract, 2f, 1f, 3f, 2f)]
    [InlineData(AluOp.Multiply, 2f, 6f, 24f, 120f)]
    [InlineData(AluOp.Maximum, 2f, 3f, 4f, 5f)]
    [InlineData(AluOp.Minimum, 2f, 2f, 2f, 2f)]
    public void Results_are_the_register_after_each_element(AluOp op1, params float[] expected)
    {
        var cumulative = Make() with { Op1 = op1 };
        Assert.Equal(expected, _example.Result(cumulative.Dst, 3, cumulative)[1]);
    }

    [Fact]
    public void Loaded_registers_come_first()
    {
        var load = Make() with
        {
            ReduceCmd = ReduceCommand.LoadReduce,
            Imm1 = _example.Given(DType.Fp32, [[100], [200]])
        };
        Assert.Equal([[102, 105, 109, 114], [202, 205, 209, 214]], _example.Result(load.Dst, 3, load));
        var go = Make() with { Dst = load.Dst, ReduceCmd = ReduceCommand.Reduce, Imm1 = 7f };
        Assert.Equal([116, 119, 123, 128], _example.Result(load.Dst, 3, load, go)[0]);
    }

    [Fact]
    public void What_only_a_load_uses_is_read_by_it_alone()
    {
        var column = Scene.Sbuf(DType.Fp32, 2, 1);
        var load = Make() with { ReduceCmd = ReduceCommand.LoadReduce, Imm1 = column };
        var read = new MemoryEffect(column, AccessKind.Read);
        Assert.Contains(read, Scene.Effects(load).Memory.ToArray());
        Assert.DoesNotContain(read, Scene.Effects(load with { ReduceCmd = ReduceCommand.Reduce }).Memory.ToArray());
        Assert.Equal(["TRN2211"], Scene.Codes(load with { Imm1 = null }));
    }

    [Theory]
    [InlineData(DType.Int16, true)]
    [InlineData(DType.UInt8, true)]
    [InlineData(DType.Int32, false)]
    [InlineData(DType.UInt32, false)]
    public void Words_are_no_operands(DType dtype, bool isLegal)
    {
        Assert.Equal(isLegal ? [] : ["TRN2004"], Scene.Codes(Make() with { Dst = Scene.Sbuf(dtype, 2, 4) }));
        Assert.Equal(isLegal ? [] : ["TRN2004"], Scene.Codes(Make() with { Src = Scene.Sbuf(dtype, 2, 4) }));
    }

    [Fact]
    public void Operators_and_commands()
    {
        Assert.Equal(["TRN2211"], Scene.Codes(Make() with { Op1 = AluOp.Equal }));
        Assert.Equal(["TRN2202"], Scene.Codes(Make() with { Op0 = AluOp.LeftShift }));
        Assert.Equal(["TRN2211"], Scene.Codes(Make() with { ReduceCmd = ReduceCommand.Idle }));
        Assert.Equal(["TRN2211"], Scene.Codes(Make() with { ReduceCmd = ReduceCommand.Reset }));
    }

    [Fact]
    public void Expands_to_a_scan() => Assert.Equal(
        [new Instruction(CostClass.Scan, 4, DType.Fp32, InstructionTraits.Sbuf, Rows: 2)],
        Scene.Expand(Make()).Instructions.ToArray());

    private TensorScalarCumulative Make() =>
        new(Scene.Sbuf(DType.Fp32, 2, 4), _example.Given(DType.Fp32, 2, 1, 2, 3, 4), AluOp.Add, AluOp.Add, 1f);
}
