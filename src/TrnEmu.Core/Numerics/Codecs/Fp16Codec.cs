using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Codecs;

internal readonly unsafe struct Fp16Codec : ICodec
{
    private const uint SmallestNormal = 0x38800000;
    private const uint Overflow = 0x477ff000;
    private const uint Infinity = 0x7c00;

    public static int Size => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* p)
    {
        // The exponent bias differs by 112: one exact product moves it and makes denormals normal.
        var bits = Packing.Widen(Vector256.Load((ushort*)p));
        var magnitude = (bits & Vector512.Create(0x7fffu)) << 13;
        var scaled = (magnitude.AsSingle() * Vector512.Create(5.192296858534828e33f)).AsUInt32();
        var least = Vector512.Create((int)(Infinity << 13));
        var special = Vector512.GreaterThanOrEqual(magnitude.AsInt32(), least).AsUInt32();
        var value = Vector512.ConditionalSelect(special, magnitude | Vector512.Create(0x7f800000u), scaled);
        return (value | ((bits & Vector512.Create(0x8000u)) << 16)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector512<float> x)
    {
        var bits = x.AsUInt32();
        var magnitude = bits & Vector512.Create(0x7fffffffu);
        var normal = ((magnitude + Vector512.Create(0xfffu) + ((magnitude >>> 13) & Vector512<uint>.One)) >>> 13)
            - Vector512.Create(112u << 10);

        // 0.5 has the spacing of fp16's denormals, so the sum rounds to them and its fraction bits are the result.
        var denormal = (magnitude.AsSingle() + Vector512.Create(0.5f)).AsUInt32() - Vector512.Create(0x3f000000u);
        var small = Vector512.LessThan(magnitude.AsInt32(), Vector512.Create((int)SmallestNormal)).AsUInt32();
        var large = Vector512.GreaterThanOrEqual(magnitude.AsInt32(), Vector512.Create((int)Overflow)).AsUInt32();
        var result = Vector512.ConditionalSelect(small, denormal, normal);
        result = Vector512.ConditionalSelect(large, Vector512.Create(Infinity), result)
            | ((bits >>> 16) & Vector512.Create(0x8000u));
        var number = Vector512.Equals(x, x).AsUInt32();
        Packing.Narrow16(Vector512.ConditionalSelect(number, result, Vector512.Create(0x7e00u))).Store((ushort*)p);
    }
}
