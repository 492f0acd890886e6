using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Codecs;

internal readonly unsafe struct Fp32Codec : ICodec
{
    public static int Size => sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* p) => Vector512.Load((float*)p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector512<float> x)
    {
        var canonical = Vector512.Create(0x7fc00000).AsSingle();
        Vector512.ConditionalSelect(Vector512.Equals(x, x), x, canonical).Store((float*)p);
    }
}
