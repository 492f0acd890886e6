using TrnEmu.Core.Isa.Operations.Vector;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa.Operations.Scalar;

/// <summary>What activation and activation_reduce demand of their scalar operands and of the function.</summary>
internal static class ActivationRules
{
    private const int FirstImmediateBiasGeneration = 3;

    public static void Verify(
        Verifier v, ActivationFunction op, in AccessPattern data, in ScalarOperand? bias, in ScalarOperand? scale)
    {
        ElementRules.Column(v, Engine.Scalar, "bias", bias, data, dtype: null);
        ElementRules.Column(v, Engine.Scalar, "scale", scale, data);
        if (bias?.Column?.DType == DType.Tf32) v.Error(VerifyCodes.DType, "bias is a tf32 column, must be of any other dtype");
        if (op == ActivationFunction.Prelu) v.Missing(ActivationGaps.Slope, "op is prelu");
        if (v.Chip.Generation >= FirstImmediateBiasGeneration || bias is not { } given) return;
        var chip = $"on generation {v.Chip.Generation}";
        if (given.Column is null)
            v.Error(ScalarCodes.Bias, FormattableString.Invariant($"bias is {given.Value}, must be a column [P, 1] {chip}"));
        if (op == ActivationFunction.Reciprocal) v.Error(ScalarCodes.Bias, $"op is reciprocal, which takes no bias {chip}");
    }
}
