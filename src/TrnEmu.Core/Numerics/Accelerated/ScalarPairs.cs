namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>The meaning: terms in ascending order, each rounded once, a NaN as 0x7fc00000.</summary>
internal readonly struct ScalarPairs : IPairArithmetic
{
    public static float Add(float sum, float a0, float b0, float a1, float b1) =>
        MathF.FusedMultiplyAdd(a1, b1, MathF.FusedMultiplyAdd(a0, b0, sum));

    public static float End(float old, float sum, bool accumulate)
    {
        if (accumulate) sum = old + sum;
        return float.IsNaN(sum) ? BitConverter.UInt32BitsToSingle(0x7fc00000) : sum;
    }
}
