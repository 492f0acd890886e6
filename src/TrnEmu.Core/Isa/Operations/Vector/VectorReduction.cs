using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// What an operation does with Vector's accumulate registers: register = register op value for each value of the
/// register's partition in order, and afterwards result = register. Row p of the data works on lane (its physical start
/// partition) + p.
/// </summary>
/// <param name="Command">What happens to the registers.</param>
/// <param name="Op">How a value joins them.</param>
/// <param name="Data">The rows.</param>
/// <param name="Initial">What load_reduce loads.</param>
/// <param name="Result">[P, 1] that receives the registers, or null to leave them in the engine.</param>
internal readonly record struct VectorReduction(
    ReduceCommand Command, AluOp Op, AccessPattern Data, ScalarOperand? Initial, AccessPattern? Result)
{
    /// <summary>True when values join the registers.</summary>
    public bool IsReducing => Command is ReduceCommand.Reduce or ReduceCommand.ResetReduce or ReduceCommand.LoadReduce;

    /// <summary>The command is one of those that the operation takes; the result is [P, 1].</summary>
    public void Verify(Verifier v, params ReadOnlySpan<ReduceCommand> commands)
    {
        if (!commands.Contains(Command))
            v.Error(VectorCodes.Accumulator, $"reduce_cmd is {Name(Command)}, must be {Names(commands)}");
        if (Result is not { } result) return;
        if (Command == ReduceCommand.Idle) v.Missing(VectorReductionGaps.IdleResult,
            "reduce_res is given, reduce_cmd is idle");
        ElementRules.Stream(v, Engine.Vector, "reduce_res", result);
        if (result.Partitions != Data.Partitions || result.Free != 1)
        {
            v.Error(VerifyCodes.Shape, $"reduce_res is [{result.Partitions},{result.Free}], expected [{Data.Partitions},1]: "
                + "one value for each partition");
        }
    }

    /// <summary>What is read besides the values, and what is written besides dst.</summary>
    public void Effects(EffectSink sink)
    {
        if (Command == ReduceCommand.LoadReduce) sink.Read(Initial);
        if (Command == ReduceCommand.Reduce) sink.Read(EngineState.VectorAccumulators);
        sink.Write(EngineState.VectorAccumulators);
        if (Result is { } result) sink.Write(result);
    }

    /// <summary>The registers as the command leaves them before the first value.</summary>
    /// <exception cref="Diagnostics.TrnException">TRN3020: the command goes on from an undefined register.</exception>
    public Span<float> Begin(CoreState core, float identity)
    {
        var (lane, lanes, registers) = (core.LaneOf(Data), Data.Partitions, core.VectorAccumulators);
        if (Command == ReduceCommand.Reduce)
            return registers.Continue(lane, lanes, core.Current.Operation, core.Arithmetic.IsStrict);
        var values = registers.Set(lane, lanes);
        if (Command == ReduceCommand.LoadReduce) Elementwise.Load(core.Operand(Initial ?? default), values);
        else if (Command != ReduceCommand.Idle) values.Fill(identity);
        else registers.Spoil(lane, lanes, core.Current.Operation);
        return values;
    }

    /// <summary>Writes the registers to the result.</summary>
    public void End(CoreState core, ReadOnlySpan<float> registers, bool negate = false)
    {
        if (Result is not { } result) return;
        var tile = core.Tile(result);
        for (var p = 0; p < registers.Length; p++) Rows.Store(tile, p, 0, [negate ? -registers[p] : registers[p]]);
    }

    private static string Names(ReadOnlySpan<ReduceCommand> commands)
    {
        var names = new List<string>();
        foreach (var command in commands) names.Add(Name(command));
        return string.Join(" or ", names);
    }

    private static string Name(ReduceCommand command) => OperationInfo.SnakeCase(command.ToString());
}
