using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Codecs;

/// <summary>
/// Powers of two by their exponent. No document says how other values round to them: Store writes those as NaN.
/// </summary>
internal readonly unsafe struct E8M0Codec : ICodec
{
    private const uint SmallestScale = 0x00400000;
    private const uint NaN = 0xff;

    public static int Size => sizeof(byte);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* p)
    {
        // The byte is an fp32 exponent as it is, but for 0 (2^-127, a denormal) and the NaN.
        var bits = Packing.Widen(Vector128.Load(p));
        var scale = bits << 23;
        scale = Vector512.ConditionalSelect(Vector512.Equals(bits, default), Vector512.Create(SmallestScale), scale);
        var nan = Vector512.Equals(bits, Vector512.Create(NaN));
        return Vector512.ConditionalSelect(nan, Vector512.Create(0x7fc00000u), scale).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector512<float> x)
    {
        // Sign and fraction of a power of two are 0, so its bits are the exponent alone; Inf (255) is NaN by itself.
        var bits = x.AsUInt32();
        var exponent = (bits >>> 23) & Vector512.Create(NaN);
        var normal = Vector512.Equals(exponent << 23, bits) & ~Vector512.Equals(bits, default);
        var smallest = Vector512.Equals(bits, Vector512.Create(SmallestScale));
        var result = Vector512.ConditionalSelect(normal, exponent, Vector512.AndNot(Vector512.Create(NaN), smallest));
        Packing.Narrow8(result).Store(p);
    }
}
