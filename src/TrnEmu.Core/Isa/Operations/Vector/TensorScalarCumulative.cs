using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst[p, i] = r = (src[p, i] op0 imm0) op1 r, i ascending, where r is the accumulate register of the partition and
/// stays in the engine: with op1 = subtract, each result is the value minus the register. fp32 throughout; r is not
/// rounded to dst's dtype. Source: nki.isa.tensor_scalar_cumulative.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM; no 32-bit integers.</param>
/// <param name="Src">[P, F], SBUF or PSUM; no 32-bit integers.</param>
/// <param name="Op0">Arithmetic operator.</param>
/// <param name="Op1">add, subtract, multiply, maximum or minimum.</param>
/// <param name="Imm0">Constant or fp32 column [P, 1]; 0 for unary operators.</param>
/// <param name="Imm1">Constant or fp32 column [P, 1] that load_reduce loads; other commands do not read it.</param>
/// <param name="ReduceCmd">
/// reset_reduce (from 0, 1, -Inf or +Inf as op1 has it), load_reduce or reduce.
/// </param>
[Operation("tensor_scalar_cumulative", Engines = Engines.Vector,
    Summary = "dst[i] = reg = (src[i] op0 imm0) op1 reg",
    Example = """
        sbuf x : bf16[128,512]
        sbuf y : fp32[128,512]
        vector tensor_scalar_cumulative dst=y src=x op0=multiply op1=add imm0=1
        """)]
public sealed record TensorScalarCumulative(
    [Writes(DTypes = "fp32 bf16 fp16 fp8_e4m3 fp8_e4m3fn fp8_e5m2 uint8 uint16 int8 int16", Indirect = true)]
    AccessPattern Dst,
    [Reads(DTypes = "fp32 bf16 fp16 fp8_e4m3 fp8_e4m3fn fp8_e5m2 uint8 uint16 int8 int16", Indirect = true)]
    AccessPattern Src,
    AluOp Op0, AluOp Op1, [Reads] ScalarOperand Imm0, [Reads] ScalarOperand? Imm1 = null,
    ReduceCommand ReduceCmd = ReduceCommand.ResetReduce) : Operation
{
    private VectorReduction Reduction => new(ReduceCmd, Op1, Src, Imm1, Result: null);

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "dst", Dst);
        ElementRules.Source(v, Engine.Vector, Dst, "src", Src);
        IndirectRules.Stream(v, Engine.Vector, Dst, "src", Src);
        ElementRules.Column(v, Engine.Vector, "imm0", Imm0, Src);
        ElementRules.Column(v, Engine.Vector, "imm1", Imm1, Src);
        AluRules.Arithmetic(v, "op0", Op0);
        AluRules.WithScalar(v, Engine.Vector, "op0", Op0, "imm0", Imm0);
        if (Op1 is not (AluOp.Add or AluOp.Subtract or AluOp.Multiply or AluOp.Maximum or AluOp.Minimum))
            v.Error(VectorCodes.Accumulator,
                $"op1 is {Op1.Name()}, must be add, subtract, multiply, maximum or minimum");
        Reduction.Verify(v, ReduceCommand.ResetReduce, ReduceCommand.Reduce, ReduceCommand.LoadReduce);
        v.Require(Imm1 is not null || ReduceCmd != ReduceCommand.LoadReduce, VectorCodes.Accumulator,
            "imm1 is missing, reduce_cmd is load_reduce");
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(Src);
        sink.Read(Imm0);
        Reduction.Effects(sink);
        sink.Write(Dst);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => Elementwise.Cumulate(
        core.Destination(Dst), core.Tile(Src), Op0, core.Operand(Imm0), Op1,
        Reduction.Begin(core, Elementwise.Identity(Op1)));

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Scan, (int)Dst.Free, Src.DType, e.Traits(Dst, Src), Rows: Dst.Partitions));
}
