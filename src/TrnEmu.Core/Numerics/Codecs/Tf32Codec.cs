using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Codecs;

/// <summary>
/// The 19 upper bits of an fp32. What lies below is no part of an element: it is written as 0 and not read.
/// </summary>
internal readonly unsafe struct Tf32Codec : ICodec
{
    private const uint Kept = 0xffffe000;

    public static int Size => sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* p) => (Vector512.Load((uint*)p) & Vector512.Create(Kept)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector512<float> x)
    {
        // As for bf16: a tie rounds up only when the kept part is odd, overflow carries into Inf.
        var bits = x.AsUInt32();
        var rounded = bits + Vector512.Create(0xfffu) + ((bits >>> 13) & Vector512<uint>.One);
        var number = Vector512.Equals(x, x).AsUInt32();
        var result = Vector512.ConditionalSelect(number, rounded & Vector512.Create(Kept), Vector512.Create(0x7fc00000u));
        result.Store((uint*)p);
    }
}
