using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Scalar;

/// <summary>
/// dst = op(data scale + bias), and what happens to the accumulate registers: shared by activation and
/// activation_reduce. Row p of the data works on lane (its start partition in its tensor) + p.
/// </summary>
internal readonly record struct ActivationWork(
    AccessPattern Dst, ActivationFunction Op, AccessPattern Data, ScalarOperand? Bias, ScalarOperand? Scale,
    ReduceCommand Command, AccessPattern? Result)
{
    private const int FirstImmediateBiasGeneration = 3;

    private bool Sums => Command is ReduceCommand.Reduce or ReduceCommand.ResetReduce;

    public void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Scalar, "dst", Dst);
        ElementRules.Source(v, Engine.Scalar, Dst, "data", Data);
        ElementRules.Column(v, Engine.Scalar, "bias", Bias, Data, dtype: null);
        ElementRules.Column(v, Engine.Scalar, "scale", Scale, Data);
        if (Op == ActivationFunction.Prelu) v.Missing(ActivationGaps.Slope, "op is prelu");
        if (Command == ReduceCommand.LoadReduce)
            v.Error(ScalarCodes.Reduction, "reduce_cmd is load_reduce, which only the Vector engine has");
        if (v.Chip.Generation < FirstImmediateBiasGeneration) VerifyBias(v);
        if (Result is not { } result) return;
        ElementRules.Stream(v, Engine.Scalar, "reduce_res", result);
        if (result.Partitions != Data.Partitions || result.Free != 1)
        {
            v.Error(VerifyCodes.Shape, $"reduce_res is [{result.Partitions},{result.Free}], expected [{Data.Partitions},1]: one sum for "
                + "each partition");
        }
    }

    public void Effects(EffectSink sink)
    {
        sink.Read(Data);
        sink.Read(Bias);
        sink.Read(Scale);
        if (Command == ReduceCommand.Reduce || (Command == ReduceCommand.Idle && Result is not null))
            sink.Read(EngineState.Accumulators);
        if (Command != ReduceCommand.Idle) sink.Write(EngineState.Accumulators);
        sink.Write(Dst);
        if (Result is { } result) sink.Write(result);
    }

    public void Execute(CoreState core)
    {
        var (dst, data) = (core.Tile(Dst), core.Tile(Data));
        var scale = core.Operand(Scale ?? 1f);

        // A product plus -0 is the product, whatever its sign; plus 0 would lose the sign of -0.
        var bias = core.Operand(Bias ?? -0f);
        var lanes = core.Accumulators(Data.StartPartition, Data.Partitions);
        if (Command == ReduceCommand.Reset) Elementwise.Fill(lanes, 0);
        if (Sums) Elementwise.UnarySum(dst, data, Op, scale, bias, lanes, accumulate: Command == ReduceCommand.Reduce);
        else Elementwise.Unary(dst, data, Op, scale, bias);
        if (Result is { } result) Elementwise.Unary(core.Tile(result), lanes, ActivationFunction.Copy);
    }

    public void Expand(ExpansionSink e)
    {
        e.Add(new Instruction(
            ActivationTables.ClassOf(Op), (int)Dst.Free, Data.DType, e.Traits(Dst, Data), ActivationTables.SetOf(Op), Dst.Partitions));
        if (Result is { } result)
            e.Add(new Instruction(CostClass.ReadAccumulator, 1, DType.Fp32, e.Traits(result), Rows: result.Partitions));
    }

    private void VerifyBias(Verifier v)
    {
        if (Bias is not { } bias) return;
        var chip = $"on generation {v.Chip.Generation}";
        if (bias.Column is null)
            v.Error(ScalarCodes.Bias, FormattableString.Invariant($"bias is {bias.Value}, must be a column [P, 1] {chip}"));
        if (Op == ActivationFunction.Reciprocal) v.Error(ScalarCodes.Bias, $"op is reciprocal, which takes no bias {chip}");
    }
}
