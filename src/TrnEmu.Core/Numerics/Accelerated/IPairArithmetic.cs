namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>What a kernel on pairs does with one output.</summary>
internal interface IPairArithmetic
{
    /// <summary>The sum with the products of an earlier term and a later one.</summary>
    static abstract float Add(float sum, float a0, float b0, float a1, float b1);

    /// <summary>What is stored where there was old: the sum, or the two together.</summary>
    static abstract float End(float old, float sum, bool accumulate);
}
