using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Codecs;

internal readonly unsafe struct Int16Codec : ICodec
{
    public static int Size => sizeof(short);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* p) =>
        Vector512.ConvertToSingle(Packing.Widen(Vector256.Load((short*)p)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector512<float> x) =>
        Packing.Narrow16(Integers.Round(x, short.MinValue, short.MaxValue).AsUInt32()).AsInt16().Store((short*)p);
}
