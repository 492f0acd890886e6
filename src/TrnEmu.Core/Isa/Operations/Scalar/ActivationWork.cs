using System.Runtime.CompilerServices;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Scalar;

/// <summary>
/// dst = y = op(input), and what happens to the accumulate registers: register = register reduce_op y for each y of the
/// register's partition in order, before it is rounded to dst's dtype; afterwards result = register. Row p of the data
/// works on lane (its physical start partition) + p. Shared by activation, activation_reduce and activate2.
/// </summary>
internal readonly record struct ActivationWork(
    AccessPattern Dst, ActivationFunction Op, AccessPattern Data, ReduceCommand Command, AluOp? ReduceOp, AccessPattern? Result)
{
    private bool IsReducing => Command is ReduceCommand.Reduce or ReduceCommand.ResetReduce;

    private bool Resets => Command is ReduceCommand.Reset or ReduceCommand.ResetReduce;

    public void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Scalar, "dst", Dst);
        ElementRules.Source(v, Engine.Scalar, Dst, "data", Data);
        IndirectRules.Stream(v, Engine.Scalar, Dst, "data", Data);
        if (Command == ReduceCommand.LoadReduce)
            v.Error(ScalarCodes.Reduction, "reduce_cmd is load_reduce, which only the Vector engine has");
        if (ReduceOp is null && IsReducing) v.Error(ScalarCodes.Reduction, "reduce_op is missing, reduce_cmd reduces");
        if (Result is not { } result) return;
        ElementRules.Stream(v, Engine.Scalar, "reduce_res", result);
        if (result.Partitions != Data.Partitions || result.Free != 1)
        {
            v.Error(VerifyCodes.Shape, $"reduce_res is [{result.Partitions},{result.Free}], expected [{Data.Partitions},1]: one value "
                + "for each partition");
        }
    }

    /// <summary>What is read besides the operands of the input, and what is written.</summary>
    public void Effects(EffectSink sink)
    {
        sink.Read(Data);
        if (Command == ReduceCommand.Reduce || (Command == ReduceCommand.Idle && Result is not null))
            sink.Read(EngineState.Accumulators);
        if (Command != ReduceCommand.Idle) sink.Write(EngineState.Accumulators);
        sink.Write(Dst);
        if (Result is { } result) sink.Write(result);
    }

    public void Execute(CoreState core, in ActivationInput input)
    {
        var (dst, data, affine) = (core.Destination(Dst), core.Tile(Data), input.Bind(core));
        if (core.Arithmetic.IsStrict) CheckRange(core, data, affine);
        var registers = core.Accumulators(core.LaneOf(Data), data.Partitions);
        if (Resets) registers.Fill(Elementwise.Identity(ReduceOp ?? AluOp.Add));
        if (IsReducing) Elementwise.UnaryFold(dst, data, Op, affine, ReduceOp!.Value, registers);
        else Elementwise.Unary(dst, data, Op, affine);
        if (Result is not { } result) return;
        var tile = core.Tile(result);
        for (var p = 0; p < registers.Length; p++) Rows.Store(tile, p, 0, registers.Slice(p, 1));
    }

    /// <summary>The operands but those of the input. A range is looked at in all rows before any is written.</summary>
    public void Name(ref RowOperands operands)
    {
        if (ActivationRange.Of(Op) is not null) operands.Refuse();
        operands.Add(Dst);
        operands.Add(Data);
        if (Result is { } result) operands.Add(result);
    }

    /// <summary>Static, so that expanding copies nothing that it does not look at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Expand(
        ExpansionSink e, in AccessPattern dst, ActivationFunction op, in AccessPattern data, in AccessPattern? result)
    {
        e.Add(new Instruction(
            ActivationTables.ClassOf(op), (int)dst.Free, data.DType, e.Traits(dst, data), ActivationTables.SetOf(op),
            dst.Partitions));
        if (result is { } read)
            e.Add(new Instruction(CostClass.ReadAccumulator, 1, DType.Fp32, e.Traits(read), Rows: read.Partitions));
    }

    private void CheckRange(CoreState core, in Tile data, in Affine input)
    {
        if (ActivationRange.Of(Op) is not { } range) return;
        if (Elementwise.FirstOutside(data, input, range) is not { } found) return;
        var operation = core.Current.Operation;
        var place = $"element {found.Element} of partition {core.LaneOf(Data) + found.Partition}";
        throw new TrnException(FailureKind.Fault, Diagnostic.Error(
            FaultCodes.ActivationRange,
            FormattableString.Invariant($"{operation.Info.Name}: argument of {Op.Name()} is {found.Argument} in {place}, ")
            + $"its range is {range.Text}",
            operation.Span));
    }
}
