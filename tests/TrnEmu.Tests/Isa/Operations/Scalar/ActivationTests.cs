using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Scalar;

public sealed class ActivationTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Bias_is_a_column_on_generation_2()
    {
        var column = Make() with { Bias = _scene.Sbuf(DType.Bf16, 8, 1) };
        Assert.Empty(_scene.Codes(column, 2));
        Assert.Equal(["TRN2252"], _scene.Codes(Make() with { Bias = 1f }, 2));
        Assert.Empty(_scene.Codes(Make() with { Bias = 1f }, 3));
        Assert.Equal(["TRN2252"], _scene.Codes(column with { Op = ActivationFunction.Reciprocal }, 2));
        Assert.Empty(_scene.Codes(column with { Op = ActivationFunction.Reciprocal }, 3));
    }

    [Fact]
    public void Columns_have_one_value_for_each_partition()
    {
        Assert.Empty(_scene.Codes(Make() with { Scale = _scene.Sbuf(DType.Fp32, 8, 1) }));
        Assert.Equal(["TRN2004"], _scene.Codes(Make() with { Scale = _scene.Sbuf(DType.Bf16, 8, 1) }));
        Assert.Equal(["TRN2008"], _scene.Codes(Make() with { Scale = _scene.Sbuf(DType.Fp32, 8, 4) }));
        Assert.Equal(["TRN2008"], _scene.Codes(Make() with { Bias = _scene.Sbuf(DType.Fp32, 9, 1) }));
    }

    [Fact]
    public void Result_has_the_shape_of_the_data() =>
        Assert.Equal(["TRN2008"], _scene.Codes(Make() with { Dst = _scene.Sbuf(DType.Bf16, 8, 3) }));

    [Fact]
    public void Slope_of_prelu_is_missing() =>
        Assert.Equal(["TRN2099"], _scene.Codes(Make() with { Op = ActivationFunction.Prelu }));

    [Fact]
    public void Sums_are_added()
    {
        var sum = Make() with { ReduceCmd = ReduceCommand.ResetReduce, ReduceOp = AluOp.Add, ReduceRes = _scene.Sbuf(DType.Fp32, 8, 1) };
        Assert.Empty(_scene.Codes(sum));
        Assert.Equal(["TRN2253"], _scene.Codes(sum with { ReduceOp = AluOp.Maximum }));
        Assert.Equal(["TRN2253"], _scene.Codes(sum with { ReduceOp = null }));
        Assert.Empty(_scene.Codes(sum with { ReduceOp = null, ReduceCmd = ReduceCommand.Reset }));
        Assert.Equal(["TRN2008"], _scene.Codes(sum with { ReduceRes = _scene.Sbuf(DType.Fp32, 8, 2) }));
        Assert.Equal(["TRN2008"], _scene.Codes(sum with { ReduceRes = _scene.Sbuf(DType.Fp32, 7, 1) }));
        Assert.Equal(["TRN2253"], _scene.Codes(Reduce() with { ReduceOp = AluOp.Multiply }, 2));
        Assert.Equal(["TRN2099"], _scene.Codes(Reduce() with { ReduceOp = AluOp.Multiply }, 3));
    }

    [Theory]
    [InlineData(ReduceCommand.Idle, false, false, false)]
    [InlineData(ReduceCommand.Idle, true, true, false)]
    [InlineData(ReduceCommand.Reset, false, false, true)]
    [InlineData(ReduceCommand.Reduce, false, true, true)]
    [InlineData(ReduceCommand.ResetReduce, true, false, true)]
    public void Registers_are_engine_state(ReduceCommand command, bool hasResult, bool reads, bool writes)
    {
        var result = hasResult ? _scene.Sbuf(DType.Fp32, 8, 1) : (AccessPattern?)null;
        var effects = _scene.Effects(Make() with { ReduceCmd = command, ReduceOp = AluOp.Add, ReduceRes = result });
        var state = effects.State.ToArray();
        Assert.Equal(reads, state.Contains(new StateEffect(EngineState.Accumulators, false)));
        Assert.Equal(writes, state.Contains(new StateEffect(EngineState.Accumulators, true)));
        Assert.Equal(hasResult ? 3 : 2, effects.Memory.Length);
    }

    /// <summary>Five ones in each row: reset_reduce gives 5, reduce 10, idle reads 10 again, reset 0.</summary>
    [Theory]
    [InlineData(5f, ReduceCommand.ResetReduce)]
    [InlineData(10f, ReduceCommand.ResetReduce, ReduceCommand.Reduce)]
    [InlineData(10f, ReduceCommand.ResetReduce, ReduceCommand.Reduce, ReduceCommand.Idle)]
    [InlineData(5f, ReduceCommand.Reduce, ReduceCommand.ResetReduce)]
    [InlineData(0f, ReduceCommand.Reduce, ReduceCommand.Reset)]
    public void Commands_follow_one_another(float expected, params ReduceCommand[] commands)
    {
        var (data, result) = (_scene.Sbuf(DType.Fp32, 8, 5), _scene.Sbuf(DType.Fp32, 8, 1));
        Operation[] operations =
        [
            new Memset(data, 1),
            .. commands.Select(c => new Activation(
                data, ActivationFunction.Copy, data, ReduceOp: AluOp.Add, ReduceRes: result, ReduceCmd: c)),
        ];
        var bytes = _scene.Execute(result, Engine.None, operations);
        Assert.All(bytes.Chunk(4), b => Assert.Equal(expected, BitConverter.ToSingle(b)));
    }

    [Fact]
    public void Without_bias_minus_zero_stays() => Assert.All(Biased(null).Chunk(4), b => Assert.Equal(0x80, b[3]));

    [Fact]
    public void Bias_of_zero_is_added() => Assert.All(Biased(0f), b => Assert.Equal(0, b));

    [Theory]
    [InlineData(ActivationFunction.Relu, CostClass.Activate, 0)]
    [InlineData(ActivationFunction.Exp, CostClass.ActivateTable, 1)]
    [InlineData(ActivationFunction.GeluApprxTanh, CostClass.ActivateTable, 2)]
    public void Table_follows_the_function(ActivationFunction op, CostClass cost, byte table) => Assert.Equal(
        [new Instruction(cost, 4, DType.Fp32, InstructionTraits.None, table, 8)],
        _scene.Expand(Make() with { Op = op }).Instructions.ToArray());

    [Fact]
    public void Sum_is_read_by_an_instruction_of_its_own() => Assert.Equal(
        [CostClass.ActivateTable, CostClass.ReadAccumulator], _scene.Expand(Reduce()).Instructions.ToArray().Select(i => i.Class));

    private byte[] Biased(ScalarOperand? bias)
    {
        var data = _scene.Sbuf(DType.Fp32, 2, 3);
        return _scene.Execute(data, Engine.None, new Memset(data, -0d), new Activation(data, ActivationFunction.Copy, data, bias));
    }

    private Activation Make() => new(_scene.Sbuf(DType.Bf16, 8, 4), ActivationFunction.Exp, _scene.Sbuf(DType.Fp32, 8, 4));

    private ActivationReduce Reduce() => new(
        _scene.Sbuf(DType.Bf16, 8, 4), ActivationFunction.Exp, _scene.Sbuf(DType.Fp32, 8, 4), AluOp.Add, _scene.Sbuf(DType.Fp32, 8, 1));
}
