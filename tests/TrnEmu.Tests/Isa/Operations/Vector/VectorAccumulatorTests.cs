using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Operations.Vector;

/// <summary>The registers that five operations share, seen through them.</summary>
public sealed class VectorAccumulatorTests
{
    private readonly WorkedExample _example = new();

    private Scene Scene => _example.Scene;

    [Theory]
    [InlineData(6f, ReduceCommand.ResetReduce)]
    [InlineData(12f, ReduceCommand.ResetReduce, ReduceCommand.Reduce)]
    [InlineData(106f, ReduceCommand.ResetReduce, ReduceCommand.LoadReduce)]
    [InlineData(112f, ReduceCommand.LoadReduce, ReduceCommand.Reduce)]
    public void Commands_follow_one_another(float expected, params ReduceCommand[] commands)
    {
        var (data, result) = (_example.Given(DType.Fp32, 2, 1, 2, 3), Scene.Sbuf(DType.Fp32, 2, 1));
        var rows = _example.Result(result, 3, [.. commands.Select(c => Sum(data, c, result))]);
        Assert.Equal([[expected], [expected]], rows);
    }

    /// <summary>1 + 2^24 is 2^24, and so on: the sum of the row alone would be 2^24 + 3 and round up.</summary>
    [Fact]
    public void Values_join_one_after_the_other()
    {
        var (data, result) = (_example.Given(DType.Fp32, 1, 1, 1, 1), Scene.Sbuf(DType.Fp32, 1, 1));
        var sum = Sum(data, ReduceCommand.LoadReduce, result) with { ReduceInit = (float)(1 << 24) };
        Assert.Equal(1 << 24, _example.Result(result, 3, sum)[0][0]);
    }

    [Fact]
    public void One_operation_goes_on_where_another_left()
    {
        var (data, result) = (_example.Given(DType.Fp32, 2, 1, 2, 3), Scene.Sbuf(DType.Fp32, 2, 3));
        var cumulative = new TensorScalarCumulative(result, data, AluOp.Add, AluOp.Add, 0f,
            ReduceCmd: ReduceCommand.Reduce);
        var rows = _example.Result(result, 3, Sum(data, ReduceCommand.ResetReduce, null), cumulative);
        Assert.Equal([7, 9, 12], rows[1]);
    }

    [Fact]
    public void Lanes_are_physical_partitions()
    {
        var (low, high, result) = (_example.Given(DType.Fp32, 2, 1), _example.Given(DType.Fp32, 2, 5),
            Scene.Sbuf(DType.Fp32, 2, 1));
        var tall = _example.Given(DType.Fp32, [.. Enumerable.Range(0, 34).Select(_ => new[] { 7f })]);
        Scene.Place(low, 0, 0);
        Scene.Place(high, 32, 0);
        var fromHigh = Sum(tall with { StartPartition = 32, Partitions = 2 }, ReduceCommand.Reduce, result);
        Operation[] operations = [Sum(high, ReduceCommand.ResetReduce, null), Sum(low, ReduceCommand.ResetReduce, null),
            fromHigh];
        Assert.Equal(12, _example.Result(result, 3, operations)[1][0]);
    }

    [Fact]
    public void Reducing_needs_a_register_that_was_set()
    {
        var data = _example.Given(DType.Fp32, 2, 1, 2, 3);
        var fault = _example.Fault(Sum(data, ReduceCommand.Reduce, null));
        Assert.Equal("TRN3020", fault.Code.Id);
        Assert.Equal(
            "tensor_scalar_reduce: reduce_cmd is reduce, the accumulator of lane 0 is undefined: no operation has set it",
            fault.Message);
    }

    [Fact]
    public void Idle_leaves_the_registers_of_its_lanes_undefined()
    {
        var data = _example.Given(DType.Fp32, 2, 1, 2, 3);
        var (first, second) = (data with { Partitions = 1 }, Sum(data, ReduceCommand.Reduce, null));
        var idle = new Exponential(Scene.Sbuf(DType.Fp32, 1, 3), first);
        var fault = _example.Fault(Sum(data, ReduceCommand.ResetReduce, null), idle, second);
        Assert.Equal("TRN3020", fault.Code.Id);
        Assert.Contains("lane 0 is undefined: exponential came before it with reduce_cmd idle", fault.Message);
        Assert.Single(fault.Notes);
        var result = Scene.Sbuf(DType.Fp32, 2, 1);
        _example.Result(result, 4, idle, Sum(data, ReduceCommand.ResetReduce, null), second);
    }

    /// <summary>Without strictness a register that is undefined keeps what it held, 0 at the start.</summary>
    [Fact]
    public void Undefined_registers_may_be_used_where_that_is_allowed()
    {
        Scene.Arithmetic = Arithmetic.Default with { IsStrict = false };
        var (data, result) = (_example.Given(DType.Fp32, 2, 1, 2, 3), Scene.Sbuf(DType.Fp32, 2, 1));
        var (start, more) = (Sum(data, ReduceCommand.ResetReduce, null), Sum(data, ReduceCommand.Reduce, result));
        Assert.Equal([[6], [6]], _example.Result(result, 4, more));
        Assert.Equal([[12], [12]], _example.Result(result, 4, start, new Exponential(Scene.Sbuf(DType.Fp32, 2, 3), data), more));
    }

    [Theory]
    [InlineData(ReduceCommand.ResetReduce, false)]
    [InlineData(ReduceCommand.LoadReduce, false)]
    [InlineData(ReduceCommand.Reduce, true)]
    public void Registers_are_engine_state(ReduceCommand command, bool reads)
    {
        var state = Scene.Effects(Sum(Scene.Sbuf(DType.Fp32, 2, 3), command, null)).State.ToArray();
        Assert.Equal(reads, state.Contains(new StateEffect(EngineState.VectorAccumulators, false)));
        Assert.Contains(new StateEffect(EngineState.VectorAccumulators, true), state);
    }

    private TensorScalarReduce Sum(AccessPattern data, ReduceCommand command, AccessPattern? result) => new(
        Scene.Sbuf(DType.Fp32, data.Partitions, (int)data.Free), data, AluOp.Multiply, 1f, AluOp.Add, result,
        ReduceCmd: command,
        ReduceInit: command == ReduceCommand.LoadReduce ? 100f : null);
}
