using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Vector;

/// <summary>
/// dst = v = data op0 operand0, and r[p] = r[p] reduce_op v[p, i], i ascending, where r are the accumulate registers:
/// fp32, v before it is rounded to dst's dtype. reduce_res receives the registers, with reduce_res_negate times -1.
/// Source: nki.isa.tensor_scalar_reduce.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM.</param>
/// <param name="Data">[P, F], SBUF or PSUM.</param>
/// <param name="Op0">Arithmetic operator.</param>
/// <param name="Operand0">Constant or fp32 column [P, 1]; 0 for unary operators.</param>
/// <param name="ReduceOp">add, multiply, maximum or minimum.</param>
/// <param name="ReduceRes">[P, 1] that receives the registers, or null to leave them in the engine.</param>
/// <param name="Reverse0">operand0 op0 data, which the chip does not support yet: false.</param>
/// <param name="ReduceCmd">reset_reduce (from 0, 1, -Inf or +Inf as reduce_op has it), reduce or load_reduce.</param>
/// <param name="ReduceInit">Constant or fp32 column [P, 1] that load_reduce loads; given then and only then.</param>
/// <param name="ReduceResNegate">Multiplies what reduce_res receives with -1; the registers stay.</param>
[Operation("tensor_scalar_reduce", Engines = Engines.Vector,
    Summary = "dst = data op0 operand0, reduce_res = reduce_op over each row",
    Example = """
        sbuf x : fp32[128,512]
        sbuf y : bf16[128,512]
        sbuf sum : fp32[128,1]
        vector tensor_scalar_reduce dst=y data=x op0=multiply operand0=0.5 reduce_op=add reduce_res=sum
        """)]
public sealed record TensorScalarReduce(
    [Writes(Indirect = true)] AccessPattern Dst, [Reads(Indirect = true)] AccessPattern Data, AluOp Op0,
    [Reads] ScalarOperand Operand0, AluOp ReduceOp,
    [Writes] AccessPattern? ReduceRes = null, bool Reverse0 = false,
    ReduceCommand ReduceCmd = ReduceCommand.ResetReduce, [Reads] ScalarOperand? ReduceInit = null,
    bool ReduceResNegate = false) : Operation
{
    private VectorReduction Reduction => new(ReduceCmd, ReduceOp, Data, ReduceInit, ReduceRes);

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        ElementRules.Stream(v, Engine.Vector, "dst", Dst);
        ElementRules.Source(v, Engine.Vector, Dst, "data", Data);
        IndirectRules.Stream(v, Engine.Vector, Dst, "data", Data);
        ElementRules.Column(v, Engine.Vector, "operand0", Operand0, Data);
        ElementRules.Column(v, Engine.Vector, "reduce_init", ReduceInit, Data);
        AluRules.Arithmetic(v, "op0", Op0);
        AluRules.WithScalar(v, Engine.Vector, "op0", Op0, "operand0", Operand0);
        v.Require(!Reverse0, VerifyCodes.Parameter,
            "reverse0 is true, must be false: the chip does not support it yet");
        if (ReduceOp is not (AluOp.Add or AluOp.Multiply or AluOp.Maximum or AluOp.Minimum))
            v.Error(VectorCodes.Accumulator,
                $"reduce_op is {ReduceOp.Name()}, must be add, multiply, maximum or minimum");
        Reduction.Verify(v, ReduceCommand.ResetReduce, ReduceCommand.Reduce, ReduceCommand.LoadReduce);
        v.Require((ReduceInit is null) == (ReduceCmd != ReduceCommand.LoadReduce), VectorCodes.Accumulator,
            $"reduce_init is {(ReduceInit is null ? "missing, reduce_cmd is" : "given, reduce_cmd is not")} load_reduce");
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(Data);
        sink.Read(Operand0);
        Reduction.Effects(sink);
        sink.Write(Dst);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core)
    {
        var registers = Reduction.Begin(core, Elementwise.Identity(ReduceOp));
        Elementwise.Fold(core.Destination(Dst), core.Tile(Data), Op0, core.Operand(Operand0), ReduceOp, registers);
        Reduction.End(core, registers, ReduceResNegate);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) =>
        e.Add(new Instruction(CostClass.Elementwise, (int)Dst.Free, Data.DType, e.Traits(Dst, Data),
            Rows: Dst.Partitions));
}
