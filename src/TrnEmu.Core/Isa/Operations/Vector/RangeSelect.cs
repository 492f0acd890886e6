using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst[p, i] = v = (k comp_op0 bound0[p] and k comp_op1 bound1[p]) ? on_true_tile[p, i] : -3.4028235e38 with k =
/// range_start + i in fp32; unless reduce_cmd is idle or reset, r[p] = max(r[p], v[p, i]), where r are the accumulate
/// registers: fp32, v before it is rounded to dst's dtype (where bf16 and fp16 make -Inf of -3.4028235e38). reduce_res
/// receives the registers. on_true_tile keeps its bits where it has dst's dtype. Source: nki.isa.range_select.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM.</param>
/// <param name="OnTrueTile">[P, F] of a float dtype.</param>
/// <param name="CompOp0">equal, less, less_equal, greater or greater_equal.</param>
/// <param name="CompOp1">equal, less, less_equal, greater or greater_equal.</param>
/// <param name="Bound0">fp32 column [P, 1].</param>
/// <param name="Bound1">fp32 column [P, 1].</param>
/// <param name="ReduceCmd">reset_reduce or reset (from -Inf), reduce or idle.</param>
/// <param name="ReduceRes">[P, 1] that receives the registers, or null to leave them in the engine.</param>
/// <param name="ReduceOp">maximum.</param>
/// <param name="RangeStart">Index of the first element; indices are within -2^24 to 2^24.</param>
/// <param name="OnFalseValue">-3.4028235e38, the smallest fp32, and no other.</param>
[Operation("range_select", Engines = Engines.Vector, MinGeneration = 3,
    Summary = "dst[i] = i within bounds ? on_true_tile[i] : -3.4028235e38, reduce_res = max of each row",
    Example = """
        sbuf x : fp32[128,512]
        sbuf low : fp32[128,1]
        sbuf high : fp32[128,1]
        sbuf y : bf16[128,512]
        sbuf top : fp32[128,1]
        vector range_select dst=y on_true_tile=x comp_op0=greater_equal comp_op1=less bound0=low bound1=high reduce_res=top
        """)]
public sealed record RangeSelect(
    [Writes] AccessPattern Dst, [Reads(DTypes = "float")] AccessPattern OnTrueTile, AluOp CompOp0, AluOp CompOp1,
    [Reads(DTypes = "fp32")] AccessPattern Bound0, [Reads(DTypes = "fp32")] AccessPattern Bound1,
    ReduceCommand ReduceCmd = ReduceCommand.ResetReduce, [Writes] AccessPattern? ReduceRes = null,
    AluOp ReduceOp = AluOp.Maximum, int RangeStart = 0, float OnFalseValue = -3.4028235e38f) : Operation
{
    private const int LastIndex = 1 << 24;

    private VectorReduction Reduction => new(ReduceCmd, ReduceOp, OnTrueTile, Initial: null, ReduceRes);

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "dst", Dst);
        ElementRules.Source(v, Engine.Vector, Dst, "on_true_tile", OnTrueTile);
        ElementRules.Column(v, Engine.Vector, "bound0", Bound0, OnTrueTile);
        ElementRules.Column(v, Engine.Vector, "bound1", Bound1, OnTrueTile);
        Comparison(v, "comp_op0", CompOp0);
        Comparison(v, "comp_op1", CompOp1);
        if (ReduceOp != AluOp.Maximum) v.Error(VectorCodes.Accumulator,
            $"reduce_op is {ReduceOp.Name()}, must be maximum");
        Reduction.Verify(v, ReduceCommand.ResetReduce, ReduceCommand.Reset, ReduceCommand.Reduce, ReduceCommand.Idle);
        var last = RangeStart + Dst.Free - 1;
        if (RangeStart < -LastIndex || last > LastIndex)
        {
            v.Error(VerifyCodes.Parameter, $"indices are {RangeStart} to {last}, limit {-LastIndex} to {LastIndex}: they are "
                + "compared in fp32");
        }

        if (BitConverter.SingleToUInt32Bits(OnFalseValue) != BitConverter.SingleToUInt32Bits(float.MinValue))
        {
            v.Error(VerifyCodes.Parameter, FormattableString.Invariant(
                $"on_false_value is {OnFalseValue}, must be {float.MinValue}: the chip has no other"));
        }
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(OnTrueTile);
        sink.Read(Bound0);
        sink.Read(Bound1);
        Reduction.Effects(sink);
        sink.Write(Dst);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var registers = Reduction.Begin(core, float.NegativeInfinity);
        Elementwise.ChooseRange(
            core.Tile(Dst), RangeStart, CompOp0, Operand.Column(core.Tile(Bound0)), CompOp1,
            Operand.Column(core.Tile(Bound1)),
            core.Tile(OnTrueTile), OnFalseValue, Reduction.IsReducing ? registers : []);
        Reduction.End(core, registers);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Select, (int)Dst.Free, OnTrueTile.DType, e.Traits(Dst, OnTrueTile),
            Rows: Dst.Partitions));

    private static void Comparison(Verifier v, string name, AluOp op)
    {
        if (!op.IsComparison() || op == AluOp.NotEqual)
            v.Error(VectorCodes.Operator, $"{name} is {op.Name()}, must be another comparison than not_equal");
    }
}
