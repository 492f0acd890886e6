using TrnEmu.Core.Numerics;

namespace TrnEmu.Generation;

/// <summary>How far logits may be from the fp64 reference that is fed the same tokens.</summary>
internal static class LogitsTolerance
{
    /// <summary>Bound on |logit - reference|, for logits up to some 20 in magnitude, by the type of the activations.</summary>
    public static double Of(DType dtype) => dtype switch
    {
        // Each of the some 50 operations rounds to 2^-24 of values up to 20: 20 * 50 * 2^-24 is 6e-5 were all errors of one
        // sign; an order more, since norms divide by small values.
        DType.Fp32 => 1e-3,

        // 2^-9 of 20 is 0.04 for the last rounding alone; the earlier ones are of random sign.
        DType.Bf16 => 0.1,

        // 2^-12 of 20 is 0.005, and as above.
        _ => 0.0125,
    };
}
