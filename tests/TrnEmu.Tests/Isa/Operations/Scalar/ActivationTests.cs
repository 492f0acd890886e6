using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
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

    /// <summary>The ends are inside, and the next fp32 number is not; 0, Inf and the wrong sign are outside.</summary>
    [Theory]
    [InlineData(ActivationFunction.Log, 5.421010862427522e-20f, 18446744073709551616f)]
    [InlineData(ActivationFunction.Sqrt, 1.2037062152420224e-35f, 3.3230699894622897e35f)]
    [InlineData(ActivationFunction.Rsqrt, 6.462348535570529e-27f, 1.5845632502852868e29f)]
    [InlineData(ActivationFunction.Reciprocal, 2.273736754432321e-13f, 4398046511104f)]
    public void Functions_have_a_range(ActivationFunction op, float low, float high)
    {
        foreach (var inside in new[] { low, 1, high, float.NaN }) Assert.Null(FaultOf(op, inside));
        foreach (var outside in new[] { MathF.BitDecrement(low), MathF.BitIncrement(high), 0, -0f, float.PositiveInfinity })
            Assert.Equal("TRN3030", FaultOf(op, outside)!.Code.Id);
        Assert.Equal(op != ActivationFunction.Reciprocal, FaultOf(op, -1) is not null);
        Assert.Null(FaultOf(op, 0, isStrict: false));
    }

    [Fact]
    public void Arctan_ends_at_half_pi_and_sin_goes_on()
    {
        Assert.Null(FaultOf(ActivationFunction.Arctan, -MathF.PI / 2));
        Assert.NotNull(FaultOf(ActivationFunction.Arctan, -1.58f));
        Assert.Null(FaultOf(ActivationFunction.Sin, float.NegativeInfinity));
    }

    /// <summary>The range is that of the argument, after scale and bias; the message says where and what.</summary>
    [Fact]
    public void Fault_names_the_argument()
    {
        var data = _scene.Sbuf(DType.Fp32, 32, 5);
        _scene.Place(data, 64, 0);
        var third = Scene.Free(data, 1) with { Offset = 12 };
        var activation = new Activation(data, ActivationFunction.Sqrt, data, -3f, 2f);
        var roots = _scene.Execute(data, Engine.Scalar, new Memset(data, 2), activation);
        Assert.All(roots.Chunk(4), b => Assert.Equal(1, BitConverter.ToSingle(b)));
        var fault = Assert.Throws<TrnException>(() =>
            _scene.Execute(data, Engine.Scalar, new Memset(data, 2), new Memset(third, 0.5), activation));
        Assert.Equal(FailureKind.Fault, fault.Kind);
        Assert.Equal(
            "activation: argument of sqrt is -2 in element 3 of partition 64, its range is [2^-116, 2^118]", fault.Diagnostics[0].Message);
    }

    [Theory]
    [InlineData(9f, 27.65f)]
    [InlineData(-9f, -27.65f)]
    [InlineData(MathF.PI, 0f)]
    public void Sine_is_a_cubic_beyond_pi(float x, float expected)
    {
        var data = _scene.Sbuf(DType.Fp32, 2, 3);
        var bytes = _scene.Execute(data, Engine.Scalar, new Memset(data, x), new Activation(data, ActivationFunction.Sin, data));
        Assert.All(bytes.Chunk(4), b => Assert.Equal(expected, BitConverter.ToSingle(b), 0.005));
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
        [new Instruction(cost, 4, DType.Fp32, InstructionTraits.Sbuf, table, 8)],
        _scene.Expand(Make() with { Op = op }).Instructions.ToArray());

    [Fact]
    public void Sum_is_read_by_an_instruction_of_its_own() => Assert.Equal(
        [CostClass.ActivateTable, CostClass.ReadAccumulator], _scene.Expand(Reduce()).Instructions.ToArray().Select(i => i.Class));

    private Diagnostic? FaultOf(ActivationFunction op, float x, bool isStrict = true)
    {
        var data = _scene.Sbuf(DType.Fp32, 2, 40);
        var program = _scene.ProgramOf(new Memset(data, x), new Activation(data, op, data));
        using var binding = Binding.Virtual(program);
        try
        {
            var arithmetic = Arithmetic.Default with { IsStrict = isStrict };
            FunctionPass.Run(program, binding, Scene.Chip(3), arithmetic: arithmetic);
            return null;
        }
        catch (TrnException fault)
        {
            return fault.Diagnostics[0];
        }
    }

    private byte[] Biased(ScalarOperand? bias)
    {
        var data = _scene.Sbuf(DType.Fp32, 2, 3);
        return _scene.Execute(data, Engine.None, new Memset(data, -0d), new Activation(data, ActivationFunction.Copy, data, bias));
    }

    private Activation Make() => new(_scene.Sbuf(DType.Bf16, 8, 4), ActivationFunction.Exp, _scene.Sbuf(DType.Fp32, 8, 4));

    private ActivationReduce Reduce() => new(
        _scene.Sbuf(DType.Bf16, 8, 4), ActivationFunction.Exp, _scene.Sbuf(DType.Fp32, 8, 4), AluOp.Add, _scene.Sbuf(DType.Fp32, 8, 1));
}
