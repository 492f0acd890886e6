using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Scalar;

/// <summary>
/// What happens to the data before the function is applied. Every form of it is a product and a sum: data scale + bias,
/// one of them or both perhaps negated.
/// </summary>
/// <param name="Scale">The factor; null is 1.</param>
/// <param name="Bias">The summand; null adds nothing.</param>
/// <param name="Parameter">The slope of prelu.</param>
internal readonly record struct ActivationInput(ScalarOperand? Scale, ScalarOperand? Bias, ScalarOperand Parameter = default)
{
    /// <summary>The factor is -scale.</summary>
    public bool NegatesScale { get; init; }

    /// <summary>The summand is -bias.</summary>
    public bool NegatesBias { get; init; }

    /// <summary>Product and sum are rounded each by itself, else once.</summary>
    public bool RoundsEach { get; init; }

    /// <summary>
    /// (data op0 imm0) op1 imm1, each rounded by itself, or with the sides of an operator swapped: subtraction is the sum
    /// with the negated operand, which rounds the same way. Null when activate2 has no such pair.
    /// </summary>
    public static ActivationInput? Of(Activate2 o) => (o.Op0, o.Op1) switch
    {
        (AluOp.Bypass, AluOp.Bypass) => new(null, null, o.ReluParam),
        (AluOp.Multiply, AluOp.Bypass) => new(o.Imm0, null, o.ReluParam),
        (AluOp.Multiply, AluOp.Add) => new(o.Imm0, o.Imm1, o.ReluParam) { RoundsEach = true },
        (AluOp.Multiply, AluOp.Subtract) =>
            new(o.Imm0, o.Imm1, o.ReluParam) { RoundsEach = true, NegatesScale = o.Reverse1, NegatesBias = !o.Reverse1 },
        (AluOp.Add, AluOp.Bypass) => new(null, o.Imm0, o.ReluParam),
        (AluOp.Subtract, AluOp.Bypass) =>
            new(null, o.Imm0, o.ReluParam) { NegatesScale = o.Reverse0, NegatesBias = !o.Reverse0 },
        _ => null,
    };

    /// <summary>The operands at their bytes.</summary>
    public Affine Bind(CoreState core)
    {
        var scale = core.Operand(Scale ?? 1f);
        var bias = core.Operand(Bias ?? -0f);
        return new Affine(
            NegatesScale ? scale.Negated : scale, NegatesBias && Bias is not null ? bias.Negated : bias, core.Operand(Parameter),
            isFused: !RoundsEach);
    }
}
