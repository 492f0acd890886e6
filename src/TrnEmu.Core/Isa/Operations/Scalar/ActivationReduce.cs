using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Scalar;

/// <summary>
/// dst = op(data scale + bias) and reduce_res[p] = the sum of row p's results, added one after the other before they
/// are rounded to dst's dtype: an <see cref="Activation"/> with reduce_cmd reset_reduce. Source:
/// nki.isa.activation_reduce.
/// </summary>
/// <param name="Dst">[P, F], SBUF or PSUM.</param>
/// <param name="Op">The function.</param>
/// <param name="Data">[P, F], SBUF or PSUM.</param>
/// <param name="ReduceOp">add.</param>
/// <param name="ReduceRes">[P, 1], SBUF or PSUM, rounded to its dtype.</param>
/// <param name="Bias">Column [P, 1] of any dtype, from generation 3 on also a constant; null adds nothing.</param>
/// <param name="Scale">Constant or fp32 column [P, 1]; null is 1.</param>
[Operation("activation_reduce", Engines = Engines.Scalar, Summary = "dst = op(data * scale + bias), reduce_res = sum of each row",
    Example = """
        sbuf x : bf16[128,512]
        sbuf y : bf16[128,512]
        sbuf sum : fp32[128,1]
        scalar activation_reduce dst=y op=exp data=x reduce_op=add reduce_res=sum
        """)]
public sealed record ActivationReduce(
    [Writes(Indirect = true)] AccessPattern Dst, ActivationFunction Op, [Reads(Indirect = true)] AccessPattern Data,
    AluOp ReduceOp, [Writes] AccessPattern ReduceRes, [Reads] ScalarOperand? Bias = null, [Reads] ScalarOperand? Scale = null) : Operation, IRowwise
{
    private const int LastAddingGeneration = 2;

    private ActivationWork Work => new(Dst, Op, Data, ReduceCommand.ResetReduce, ReduceOp, ReduceRes);

    /// <inheritdoc/>
    public override void Verify(Verifier v)
    {
        Work.Verify(v);
        ActivationRules.Verify(v, Op, Data, Bias, Scale);
        if (ReduceOp == AluOp.Add) return;
        var message = $"reduce_op is {ReduceOp.Name()}";
        if (v.Chip.Generation <= LastAddingGeneration) v.Error(ScalarCodes.Reduction, $"{message}, must be add");
        else v.Missing(ActivationGaps.Reduction, message);
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
