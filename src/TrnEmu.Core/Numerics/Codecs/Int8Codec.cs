using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Codecs;

internal readonly unsafe struct Int8Codec : ICodec
{
    public static int Size => sizeof(sbyte);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* p) =>
        Vector512.ConvertToSingle(Packing.Widen(Vector128.Load((sbyte*)p)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector512<float> x) =>
        Packing.Narrow8(Integers.Round(x, sbyte.MinValue, sbyte.MaxValue).AsUInt32()).AsSByte().Store((sbyte*)p);
}
