using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst = v = exp(src - max_value), the difference rounded to fp32, exp that of an activation; unless reduce_cmd is
/// idle, r[p] = r[p] + v[p, i], i ascending, where r are the accumulate registers: fp32, v before it is rounded to
/// dst's dtype. reduce_res receives the registers. Source: nki.isa.exponential.
/// </summary>
/// <param name="Dst">[P, F], up to three free levels, SBUF or PSUM.</param>
/// <param name="Src">[P, F], up to three free levels, SBUF or PSUM.</param>
/// <param name="MaxValue">Constant or fp32 column [P, 1].</param>
/// <param name="ReduceRes">[P, 1] that receives the registers, or null to leave them in the engine.</param>
/// <param name="ReduceCmd">idle, reset_reduce (from 0), reduce or load_reduce.</param>
/// <param name="ReduceInit">Constant or fp32 column [P, 1] that load_reduce loads; else 0.</param>
[Operation("exponential", Engines = Engines.Vector, MinGeneration = 4,
    Summary = "dst = exp(src - max_value), reduce_res = sum of each row",
    Example = """
        sbuf x : bf16[128,512]
        sbuf top : fp32[128,1]
        sbuf y : bf16[128,512]
        sbuf sum : fp32[128,1]
        vector exponential dst=y src=x max_value=top reduce_res=sum reduce_cmd=reset_reduce
        """)]
public sealed record Exponential(
    [Writes(DTypes = "fp8_e4m3 fp8_e5m2 fp16 bf16 fp32 tf32 int8 int16 int32 uint8 uint16", Indirect = true)]
    AccessPattern Dst,
    [Reads(DTypes = "fp8_e4m3 fp8_e5m2 fp16 bf16 fp32 int8 int16 int32 uint8 uint16 uint32", Indirect = true)]
    AccessPattern Src,
    [Reads] ScalarOperand MaxValue = default,
    [Writes(DTypes = "fp8_e4m3 fp8_e5m2 fp16 bf16 fp32 tf32")] AccessPattern? ReduceRes = null,
    ReduceCommand ReduceCmd = ReduceCommand.Idle, [Reads] ScalarOperand ReduceInit = default) : Operation
{
    private const int FreeLevels = 3;

    private VectorReduction Reduction => new(ReduceCmd, AluOp.Add, Src, ReduceInit, ReduceRes);

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "dst", Dst);
        ElementRules.Source(v, Engine.Vector, Dst, "src", Src);
        IndirectRules.Stream(v, Engine.Vector, Dst, "src", Src);
        ElementRules.Levels(v, "dst", Dst, FreeLevels);
        ElementRules.Levels(v, "src", Src, FreeLevels);
        ElementRules.Column(v, Engine.Vector, "max_value", MaxValue, Src);
        ElementRules.Column(v, Engine.Vector, "reduce_init", ReduceInit, Src);
        Reduction.Verify(v, ReduceCommand.Idle, ReduceCommand.ResetReduce, ReduceCommand.Reduce,
            ReduceCommand.LoadReduce);
        if (ReduceCmd != ReduceCommand.LoadReduce && (ReduceInit.Column is not null || ReduceInit.Value != 0))
            v.Error(VectorCodes.Accumulator, "reduce_init is given, reduce_cmd is not load_reduce");
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(Src);
        sink.Read(MaxValue);
        Reduction.Effects(sink);
        sink.Write(Dst);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var (dst, src, max) = (core.Destination(Dst), core.Tile(Src), core.Operand(MaxValue));
        var registers = Reduction.Begin(core, 0);
        if (!Reduction.IsReducing)
        {
            Elementwise.Exponential(dst, src, max);
            return;
        }

        Elementwise.Exponential(dst, src, max, registers);
        Reduction.End(core, registers);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Exponential, (int)Dst.Free, Src.DType, e.Traits(Dst, Src),
            Rows: Dst.Partitions));
}
