using TrnEmu.Core.Numerics;

namespace TrnEmu.Generation;

/// <summary>How far logits may be from the fp64 reference that is fed the same tokens.</summary>
internal static class LogitsTolerance
{
    /// <summary>Bound on |logit - reference|, for logits up to some 20 in magnitude, by the type of the
    /// activations.</summary>
    public static double Of(DType dtype) => dtype switch
    {
        // Each of the some 50 operations rounds to 2^-24 of values up to 20: 20 * 50 * 2^-24 is 6e-5 were all errors of
        // one sign; an order more, since norms divide by small values.
        DType.Fp32 => 1e-3,

        // What products read is rounded to 2^-9 some 5 times a layer, with random signs: an independent program that
        // rounds at the same places measured 0.09 at most and 0.017 on average over 256 tokens of a model of 5 layers.
        DType.Bf16 => 0.1,

        // Three bits more than bf16.
        _ => 0.1 / 8,
    };
}
