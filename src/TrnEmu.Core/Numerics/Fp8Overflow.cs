namespace TrnEmu.Core.Numerics;

/// <summary>What is written as fp8 for a number beyond the largest of the format.</summary>
public enum Fp8Overflow : byte
{
    /// <summary>Inf, or NaN where the format has no Inf (e4m3fn).</summary>
    Infinity,

    /// <summary>The largest number, for infinities too; NaN stays NaN (OCP 8-bit floating point, saturation mode).</summary>
    Saturate,
}
