using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Codecs;

internal readonly unsafe struct UInt32Codec : ICodec
{
    public static int Size => sizeof(uint);

    /// <summary>The upper and lower 16 bits are exact in fp32; one fma joins them with a single rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* p)
    {
        var bits = Vector512.Load((uint*)p);
        var high = Vector512.ConvertToSingle((bits >>> 16).AsInt32());
        var low = Vector512.ConvertToSingle((bits & Vector512.Create(0xffffu)).AsInt32());
        return Vector512.FusedMultiplyAdd(high, Vector512.Create(65536f), low);
    }

    /// <summary>Values from 2^31 lose it before the signed conversion and get it back as the top bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector512<float> x)
    {
        var top = Vector512.Create(2147483648f);
        var upper = Vector512.GreaterThanOrEqual(x, top);
        var reduced = Integers.Round(x - (upper & top));
        var bits = reduced.AsUInt32() ^ (upper.AsUInt32() & Vector512.Create(0x80000000u));
        var over = Vector512.GreaterThanOrEqual(x, Vector512.Create(4294967296f)).AsUInt32();
        var positive = Vector512.GreaterThan(x, Vector512<float>.Zero).AsUInt32();
        ((bits | over) & positive).Store((uint*)p);
    }
}
