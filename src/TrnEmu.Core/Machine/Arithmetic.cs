using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Machine;

/// <summary>What a run may choose of the arithmetic; the defaults are what the chip does.</summary>
public sealed record Arithmetic
{
    /// <summary>The chip's arithmetic.</summary>
    public static Arithmetic Default { get; } = new();

    /// <summary>What is written as fp8 for numbers beyond its largest.</summary>
    public Fp8Overflow Fp8Overflow { get; init; }

    /// <summary>
    /// Seed of stochastic rounding, which takes the place of rounding to nearest where fp32 is written as a narrower
    /// float; null rounds to nearest even.
    /// </summary>
    public long? RoundingSeed { get; init; }

    /// <summary>How quantize_mx chooses the scale of a group.</summary>
    public MxScaleRule MxScale { get; init; }

    /// <summary>
    /// True: what is undefined on the chip is a fault, such as an activation outside its documented range. False: it
    /// gives the mathematical value.
    /// </summary>
    public bool IsStrict { get; init; } = true;
}

/// <summary>How a microscaling group gets its scale from its largest magnitude amax.</summary>
public enum MxScaleRule : byte
{
    /// <summary>2^(floor(log2 amax) - (Emax - 1)), Emax the exponent of the largest element: no element overflows.</summary>
    Chip,

    /// <summary>2^(floor(log2 amax) - Emax), as OCP Microscaling Formats 1.0 has it: large elements saturate.</summary>
    Ocp,
}
