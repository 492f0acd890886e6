namespace TrnEmu.Core.Numerics.Codecs;

/// <summary>An 8-bit float: sign, exponent, fraction.</summary>
internal interface IFp8Format
{
    /// <summary>Bits of the fraction.</summary>
    static abstract int Fraction { get; }

    /// <summary>What is added to an exponent when it is stored.</summary>
    static abstract int Bias { get; }

    /// <summary>Bits of the largest number.</summary>
    static abstract uint Largest { get; }

    /// <summary>Bits of what is written for numbers beyond the largest, sign excluded: Inf, or NaN.</summary>
    static abstract uint Overflow { get; }

    /// <summary>True when <see cref="Overflow"/> is Inf and all above it are NaN.</summary>
    static abstract bool HasInfinity { get; }
}

/// <summary><see cref="DType.Fp8E4M3"/></summary>
internal readonly struct E4M3 : IFp8Format
{
    public static int Fraction => 3;

    public static int Bias => 7;

    public static uint Largest => 0x77;

    public static uint Overflow => 0x78;

    public static bool HasInfinity => true;
}

/// <summary><see cref="DType.Fp8E4M3Fn"/></summary>
internal readonly struct E4M3Fn : IFp8Format
{
    public static int Fraction => 3;

    public static int Bias => 7;

    public static uint Largest => 0x7e;

    public static uint Overflow => 0x7f;

    public static bool HasInfinity => false;
}

/// <summary><see cref="DType.Fp8E5M2"/></summary>
internal readonly struct E5M2 : IFp8Format
{
    public static int Fraction => 2;

    public static int Bias => 15;

    public static uint Largest => 0x7b;

    public static uint Overflow => 0x7c;

    public static bool HasInfinity => true;
}
