using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst = v = predicate ≠ 0 ? on_true : on_false, with reverse_pred where the predicate is 0; unless reduce_cmd is
/// idle, r[p] = max(r[p], v[p, i]), where r are the accumulate registers: fp32, v before it is rounded to dst's dtype.
/// reduce_res receives the registers. on_true keeps its bits where it has dst's dtype; the rest goes through fp32.
/// Source: nki.isa.select_reduce.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM.</param>
/// <param name="Predicate">[P, F] of 8-bit or 16-bit integers; not in PSUM when on_true is.</param>
/// <param name="OnTrue">[P, F]; neither a 32-bit integer nor tf32.</param>
/// <param name="OnFalse">Constant, or column [P, 1] of any dtype.</param>
/// <param name="ReduceRes">[P, 1] of a float dtype that receives the registers, or null to leave them.</param>
/// <param name="ReduceCmd">idle, reset_reduce (from -Inf) or reduce.</param>
/// <param name="ReduceOp">maximum.</param>
/// <param name="ReversePred">Chooses on_true where the predicate is 0.</param>
[Operation("select_reduce", Engines = Engines.Vector,
    Summary = "dst = predicate ? on_true : on_false, reduce_res = max of each row",
    Example = """
        sbuf p : uint8[128,512]
        sbuf x : bf16[128,512]
        sbuf y : bf16[128,512]
        sbuf top : fp32[128,1]
        vector select_reduce dst=y predicate=p on_true=x on_false=-1000 reduce_res=top reduce_cmd=reset_reduce
        """)]
public sealed record SelectReduce(
    [Writes] AccessPattern Dst, [Reads(DTypes = "int8 uint8 int16 uint16")] AccessPattern Predicate,
    [Reads(DTypes = "fp32 bf16 fp16 fp8_e4m3 fp8_e4m3fn fp8_e5m2 int16 uint16 int8 uint8")] AccessPattern OnTrue,
    [Reads] ScalarOperand OnFalse, [Writes(DTypes = "float")] AccessPattern? ReduceRes = null,
    ReduceCommand ReduceCmd = ReduceCommand.Idle, AluOp ReduceOp = AluOp.Maximum, bool ReversePred = false) : Operation
{
    private VectorReduction Reduction => new(ReduceCmd, ReduceOp, OnTrue, Initial: null, ReduceRes);

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "dst", Dst);
        ElementRules.Source(v, Engine.Vector, Dst, "predicate", Predicate);
        ElementRules.Source(v, Engine.Vector, Dst, "on_true", OnTrue);
        ElementRules.NotBothPsum(v, "on_true", OnTrue, "predicate", Predicate);
        ElementRules.Column(v, Engine.Vector, "on_false", OnFalse, OnTrue, dtype: null);
        if (ReduceOp != AluOp.Maximum) v.Error(VectorCodes.Accumulator,
            $"reduce_op is {ReduceOp.Name()}, must be maximum");
        Reduction.Verify(v, ReduceCommand.Idle, ReduceCommand.ResetReduce, ReduceCommand.Reduce);
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(Predicate);
        sink.Read(OnTrue);
        sink.Read(OnFalse);
        Reduction.Effects(sink);
        sink.Write(Dst);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var registers = Reduction.Begin(core, float.NegativeInfinity);
        Elementwise.Choose(
            core.Tile(Dst), core.Tile(Predicate), ReversePred, core.Tile(OnTrue), core.Operand(OnFalse),
            Reduction.IsReducing ? registers : []);
        Reduction.End(core, registers);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Select, (int)Dst.Free, OnTrue.DType, e.Traits(Dst, OnTrue, Predicate),
            Rows: Dst.Partitions));
}
