using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Scalar;

/// <summary>
/// dst = y = op((data op0 imm0) op1 imm1) in fp32, each operator rounded by itself, rounded once more to dst's dtype.
/// The engine has one fp32 register a lane that all activations share: with reduce_cmd reduce, register[p] =
/// register[p] reduce_op y[p, i], i ascending, y before it is rounded to dst's dtype; reset sets it to the identity of
/// reduce_op; reduce_res receives the registers afterwards. Source: nki.isa.activate2.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM.</param>
/// <param name="Op">The function.</param>
/// <param name="Data">[P, F], SBUF or PSUM.</param>
/// <param name="Imm0">Operand of op0: constant or column [P, 1].</param>
/// <param name="Imm1">Operand of op1: constant or column [P, 1], of imm0's dtype where both are columns.</param>
/// <param name="Op0">multiply, add, subtract, or bypass for none.</param>
/// <param name="Op1">After multiply add, subtract or bypass; after the others bypass.</param>
/// <param name="ReluParam">Slope of prelu below 0: constant or column [P, 1]. Other functions have no parameter.</param>
/// <param name="Reverse0">imm0 op0 data instead.</param>
/// <param name="Reverse1">imm1 op1 (…) instead.</param>
/// <param name="ReduceOp">add, maximum, minimum, abs_max or abs_min; missing only when reduce_cmd is idle.</param>
/// <param name="ReduceRes">[P, 1] that receives the registers, or null to leave them in the engine.</param>
/// <param name="ReduceCmd">What happens to the registers.</param>
[Operation("activate2", Engines = Engines.Scalar, MinGeneration = 4, Summary = "dst = op((data op0 imm0) op1 imm1)",
    Example = """
        sbuf x : bf16[128,512]
        sbuf y : bf16[128,512]
        sbuf max : fp32[128,1]
        sbuf sum : fp32[128,1]
        scalar activate2 dst=y op=exp data=x imm0=max imm1=0 op0=subtract op1=bypass reduce_op=add reduce_res=sum reduce_cmd=reset_reduce
        """)]
public sealed record Activate2(
    [Writes(Indirect = true)] AccessPattern Dst, ActivationFunction Op, [Reads(Indirect = true)] AccessPattern Data,
    [Reads] ScalarOperand Imm0, [Reads] ScalarOperand Imm1, AluOp Op0, AluOp Op1, [Reads] ScalarOperand ReluParam = default,
    bool Reverse0 = false, bool Reverse1 = false, AluOp? ReduceOp = null, [Writes] AccessPattern? ReduceRes = null,
    ReduceCommand ReduceCmd = ReduceCommand.Idle) : Operation
{
    private ActivationWork Work => new(Dst, Op, Data, ReduceCmd, ReduceOp, ReduceRes);

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        Work.Verify(v);
        Operands(v);
        if (ActivationInput.Of(this) is null)
        {
            v.Error(ScalarCodes.Operators, $"op0, op1 are {Op0.Name()}, {Op1.Name()}, must be multiply with add, subtract or bypass, or "
                + "add, subtract or bypass with bypass");
        }

        if (Reverse0 && Op0 == AluOp.Bypass) v.Error(ScalarCodes.Operators, "reverse0 is true, but op0 is bypass");
        if (Reverse1 && Op1 == AluOp.Bypass) v.Error(ScalarCodes.Operators, "reverse1 is true, but op1 is bypass");
        if (ReduceOp is { } op && op is not (AluOp.Add or AluOp.Maximum or AluOp.Minimum or AluOp.AbsMax or AluOp.AbsMin))
            v.Error(ScalarCodes.Reduction, $"reduce_op is {op.Name()}, must be add, maximum, minimum, abs_max or abs_min");
        if (ReduceOp is null && ReduceCmd == ReduceCommand.Reset)
            v.Error(ScalarCodes.Reduction, "reduce_op is missing, reduce_cmd is reset: the registers become its identity");
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(Imm0);
        sink.Read(Imm1);
        sink.Read(ReluParam);
        Work.Effects(sink);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => Work.Execute(core, ActivationInput.Of(this)!.Value);

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => ActivationWork.Expand(e, Dst, Op, Data, ReduceRes);

    private void Operands(Verifier v)
    {
        ElementRules.Column(v, Engine.Scalar, "imm0", Imm0, Data, dtype: null);
        ElementRules.Column(v, Engine.Scalar, "imm1", Imm1, Data, dtype: null);
        ElementRules.Column(v, Engine.Scalar, "relu_param", ReluParam, Data, dtype: null);
        if (Imm0.Column is { } column0 && Imm1.Column is { } column1 && column0.DType != column1.DType)
            v.Error(VerifyCodes.DType, $"imm0 is a {column0.DType.Name()} column, imm1 a {column1.DType.Name()} one: they must be equal");
    }
}
