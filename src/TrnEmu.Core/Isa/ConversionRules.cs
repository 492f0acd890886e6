using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa;

/// <summary>
/// What a move between dtypes demands: equal dtypes keep their bits; others go through fp32, which scales and packed
/// elements cannot. Source: nki.language, "Supported Data Types"; nki.isa.dma_copy; nki.isa.tensor_copy.
/// </summary>
public static class ConversionRules
{
    /// <summary>Rounding to scales.</summary>
    public static readonly Gap Scales = new(
        "e8m0", "how a conversion between e8m0 and another dtype rounds, and what it makes of 0 and of signs",
        Gap.Refused);

    /// <summary>Packed elements as numbers.</summary>
    public static readonly Gap Packed = new(
        "x4 dtypes", "what a conversion between a packed and another dtype would give: four values take the place of one",
        Gap.Refused);

    /// <summary>Bits of tf32 that are no part of the format.</summary>
    public static readonly Gap LowBits = new(
        "tf32", "what is read where the low 13 of an element's 32 bits are not 0", "they are read as 0");

    /// <summary>The NaN that arithmetic writes as legacy fp8.</summary>
    public static readonly Gap LegacyNaN = new(
        "fp8_e4m3", "which of its 14 NaNs arithmetic writes", "0x7f, as for the other fp8 types");

    /// <summary>dst can take the elements of src: equal dtypes, or two that engines convert.</summary>
    public static void Verify(Verifier v, in AccessPattern dst, string name, in AccessPattern src)
    {
        if (dst.DType == src.DType || (dst.DType.IsArithmetic() && src.DType.IsArithmetic())) return;
        var gap = dst.DType.IsPacked() || src.DType.IsPacked() ? Packed : Scales;
        v.Missing(gap, $"{name} is {src.DType.Name()}, dst is {dst.DType.Name()}");
    }
}
