using TrnEmu.Core.Numerics;

namespace TrnEmu.Generation;

/// <summary>How far logits may be from the fp64 reference that is fed the same tokens.</summary>
internal static class LogitsTolerance
{
    /// <summary>
    /// Bound on |logit - reference|, relative to the largest |reference| of the step, by the type that products read.
    /// Rounding to b significant bits some 5 times a layer, with random signs, moves logits by about sqrt(5 layers)
    /// 2^-(b+1); the largest of thousands of them is some 4 times that, and norms of small values and attention that is
    /// nearly a tie amplify it. A wrong operation is wrong by the order of the logits themselves.
    /// </summary>
    public static double Of(DType dtype) => dtype switch
    {
        // Measured: 1e-6 over 256 tokens of a model of 5 layers.
        DType.Fp32 => 1.0 / (1 << 14),

        // Measured: 0.005 over the same, 0.013 over 40 inputs of a model of 2 layers with sharp attention.
        DType.Bf16 => 1.0 / (1 << 5),

        // Three bits more than bf16. Measured: 0.0006.
        _ => 1.0 / (1 << 8),
    };
}
