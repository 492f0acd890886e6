using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Codecs;

/// <summary>The 8-bit floats, by their format.</summary>
internal readonly unsafe struct Fp8Codec<TFormat> : ICodec
    where TFormat : struct, IFp8Format
{
    private const uint NaN = 0x7f;

    public static int Size => sizeof(byte);

    /// <summary>Fraction bits that fp32 has more.</summary>
    private static int Shift => 23 - TFormat.Fraction;

    private static int BiasDifference => 127 - TFormat.Bias;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* p)
    {
        // As for fp16: one exact product moves the exponent and makes denormals normal.
        var bits = Packing.Widen(Vector128.Load(p));
        var magnitude = bits & Vector512.Create(0x7fu);
        var factor = Vector512.Create((uint)(127 + BiasDifference) << 23).AsSingle();
        var scaled = ((magnitude << Shift).AsSingle() * factor).AsUInt32();
        var least = Vector512.Create((int)TFormat.Overflow);
        var special = Vector512.GreaterThanOrEqual(magnitude.AsInt32(), least).AsUInt32();
        var above = TFormat.HasInfinity
            ? (magnitude << Shift) | Vector512.Create(0x7f800000u)
            : Vector512.Create(0x7fc00000u);
        var value = Vector512.ConditionalSelect(special, above, scaled);
        return (value | ((bits & Vector512.Create(0x80u)) << 24)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector512<float> x)
    {
        var bits = x.AsUInt32();
        var magnitude = bits & Vector512.Create(0x7fffffffu);
        var half = Vector512.Create((1u << (Shift - 1)) - 1);
        var normal = ((magnitude + half + ((magnitude >>> Shift) & Vector512<uint>.One)) >>> Shift)
            - Vector512.Create((uint)BiasDifference << TFormat.Fraction);

        // The addend has the spacing of the format's denormals, so the sum rounds to them and its low bits are they.
        var spacing = Vector512.Create((uint)(BiasDifference + 1 + Shift) << 23);
        var denormal = (magnitude.AsSingle() + spacing.AsSingle()).AsUInt32() - spacing;
        var smallest = Vector512.Create((BiasDifference + 1) << 23);
        var small = Vector512.LessThan(magnitude.AsInt32(), smallest).AsUInt32();
        var result = Vector512.ConditionalSelect(small, denormal, normal);
        var sign = (bits >>> 24) & Vector512.Create(0x80u);
        var large = Vector512.GreaterThan(result.AsInt32(), Vector512.Create((int)TFormat.Largest)).AsUInt32();
        result = Vector512.ConditionalSelect(large, Vector512.Create(TFormat.Overflow), result) | sign;
        var number = TFormat.HasInfinity
            ? Vector512.Equals(x, x).AsUInt32()
            : ~large;
        Packing.Narrow8(Vector512.ConditionalSelect(number, result, Vector512.Create(NaN))).Store(p);
    }
}
