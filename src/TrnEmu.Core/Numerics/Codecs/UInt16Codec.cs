using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Codecs;

internal readonly unsafe struct UInt16Codec : ICodec
{
    public static int Size => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* p) =>
        Vector512.ConvertToSingle(Packing.Widen(Vector256.Load((ushort*)p)).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector512<float> x) =>
        Packing.Narrow16(Integers.Round(x, ushort.MinValue, ushort.MaxValue).AsUInt32()).Store((ushort*)p);
}
