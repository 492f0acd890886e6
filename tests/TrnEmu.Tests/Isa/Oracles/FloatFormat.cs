using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>A binary floating-point format of IEEE 754.</summary>
/// <param name="Exponent">Bits of the exponent.</param>
/// <param name="Fraction">Bits of the fraction.</param>
internal sealed record FloatFormat(int Exponent, int Fraction)
{
    public static readonly FloatFormat Fp32 = new(8, 23);
    private static readonly FloatFormat Bf16 = new(8, 7);
    private static readonly FloatFormat Fp16 = new(5, 10);

    /// <summary>Exponent of the smallest normal number.</summary>
    public int Smallest => 2 - (1 << (Exponent - 1));

    public static FloatFormat Of(DType dtype) => dtype switch
    {
        DType.Fp32 => Fp32,
        DType.Bf16 => Bf16,
        _ => Fp16,
    };

    /// <summary>The exponent under which a value is stored.</summary>
    public int ExponentOf(double value) => Math.Max(Math.ILogB(value), Smallest);

    /// <summary>One unit in the last place at a value.</summary>
    public double Unit(double value) => Math.ScaleB(1, ExponentOf(value) - Fraction);
}
