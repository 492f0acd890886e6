using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Codecs;

internal readonly unsafe struct UInt8Codec : ICodec
{
    public static int Size => sizeof(byte);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* p) =>
        Vector512.ConvertToSingle(Packing.Widen(Vector128.Load((byte*)p)).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector512<float> x) =>
        Packing.Narrow8(Integers.Round(x, byte.MinValue, byte.MaxValue).AsUInt32()).Store((byte*)p);
}
