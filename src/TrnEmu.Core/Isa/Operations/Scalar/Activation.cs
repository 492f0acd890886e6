using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Scalar;

/// <summary>
/// dst = op(data scale + bias) in fp32 (product and sum rounded once), rounded once to dst's dtype. The engine has one
/// fp32 register a lane that all activations share: reduce_cmd adds the row's results to it one after the other, before
/// they are rounded to dst's dtype; reduce_res receives the registers afterwards. Source: nki.isa.activation.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM.</param>
/// <param name="Op">The function.</param>
/// <param name="Data">[P, F], SBUF or PSUM.</param>
/// <param name="Bias">Column [P, 1] of any dtype, from generation 3 on also a constant; null adds nothing.</param>
/// <param name="Scale">Constant or fp32 column [P, 1]; null is 1.</param>
/// <param name="ReduceOp">add, when reduce_cmd reduces.</param>
/// <param name="ReduceRes">[P, 1] that receives the registers, or null to leave them in the engine.</param>
/// <param name="ReduceCmd">What happens to the registers.</param>
[Operation("activation", Engines = Engines.Scalar, Summary = "dst = op(data * scale + bias)",
    Example = """
        sbuf x : bf16[128,512]
        sbuf y : bf16[128,512]
        scalar activation dst=y op=exp data=x scale=0.125
        """)]
public sealed record Activation(
    [Writes(Indirect = true)] AccessPattern Dst, ActivationFunction Op, [Reads(Indirect = true)] AccessPattern Data,
    [Reads] ScalarOperand? Bias = null, [Reads] ScalarOperand? Scale = null, AluOp? ReduceOp = null,
    [Writes] AccessPattern? ReduceRes = null, ReduceCommand ReduceCmd = ReduceCommand.Idle) : Operation, IRowwise
{
    private ActivationWork Work => new(Dst, Op, Data, ReduceCmd, ReduceOp, ReduceRes);

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        Work.Verify(v);
        ActivationRules.Verify(v, Op, Data, Bias, Scale);
        if (ReduceOp is { } op && op != AluOp.Add) v.Error(ScalarCodes.Reduction, $"reduce_op is {op.Name()}, must be add");
    }

    /// <inheritdoc/>
    public override void Effects(EffectSink sink)
    {
        sink.Read(Bias);
        sink.Read(Scale);
        Work.Effects(sink);
    }

    /// <inheritdoc/>
    public override void Execute(CoreState core) => Work.Execute(core, new ActivationInput(Scale, Bias));

    void IRowwise.Name(ref RowOperands operands)
    {
        Work.Name(ref operands);
        if (Bias is { } bias) operands.Add(bias);
        if (Scale is { } scale) operands.Add(scale);
    }

    /// <inheritdoc/>
    public override void Expand(ExpansionSink e) => ActivationWork.Expand(e, Dst, Op, Data, ReduceRes);
}
