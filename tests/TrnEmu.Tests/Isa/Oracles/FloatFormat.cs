using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>A binary floating-point format of IEEE 754, or one that has numbers where others have infinities.</summary>
/// <param name="Exponent">Bits of the exponent.</param>
/// <param name="Fraction">Bits of the fraction.</param>
/// <param name="NaN">The NaN that arithmetic writes.</param>
/// <param name="Unused">Bits below the fraction, written as 0 and not read.</param>
/// <param name="IsFinite">No infinities: of the largest exponent only the last fraction is NaN.</param>
internal sealed record FloatFormat(int Exponent, int Fraction, uint NaN, int Unused = 0, bool IsFinite = false)
{
    public static readonly FloatFormat Fp32 = new(8, 23, 0x7fc00000);
    private static readonly FloatFormat Bf16 = new(8, 7, 0x7fc0);
    private static readonly FloatFormat Fp16 = new(5, 10, 0x7e00);
    private static readonly FloatFormat Tf32 = new(8, 10, 0x7fc00000, Unused: 13);
    private static readonly FloatFormat E4M3 = new(4, 3, 0x7f);
    private static readonly FloatFormat E4M3Fn = new(4, 3, 0x7f, IsFinite: true);
    private static readonly FloatFormat E5M2 = new(5, 2, 0x7f);

    /// <summary>Exponent of the smallest normal number.</summary>
    public int Smallest => 2 - (1 << (Exponent - 1));

    /// <summary>Bits of the sign.</summary>
    public uint Sign => 1u << (Exponent + Fraction + Unused);

    /// <summary>Bits of the least that is not a number: Inf, or NaN.</summary>
    public uint Beyond => (((1u << Exponent) - 1 << Fraction) + (IsFinite ? (1u << Fraction) - 1 : 0)) << Unused;

    /// <summary>Bits of the largest number.</summary>
    public uint Largest => Beyond - (1u << Unused);

    public static FloatFormat Of(DType dtype) => dtype switch
    {
        DType.Fp32 => Fp32,
        DType.Bf16 => Bf16,
        DType.Fp16 => Fp16,
        DType.Tf32 => Tf32,
        DType.Fp8E4M3 => E4M3,
        DType.Fp8E4M3Fn => E4M3Fn,
        DType.Fp8E5M2 => E5M2,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "no float"),
    };

    /// <summary>The exponent under which a value is stored.</summary>
    public int ExponentOf(double value) => Math.Max(Math.ILogB(value), Smallest);

    /// <summary>One unit in the last place at a value.</summary>
    public double Unit(double value) => Math.ScaleB(1, ExponentOf(value) - Fraction);
}
