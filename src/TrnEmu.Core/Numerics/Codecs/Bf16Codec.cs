using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Codecs;

internal readonly unsafe struct Bf16Codec : ICodec
{
    public static int Size => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* p) => (Packing.Widen(Vector256.Load((ushort*)p)) << 16).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector512<float> x)
    {
        // Half a unit is added to the magnitude; a tie rounds up only when the kept part is odd. Overflow carries into
        // Inf.
        var bits = x.AsUInt32();
        var rounded = (bits + Vector512.Create(0x7fffu) + ((bits >>> 16) & Vector512<uint>.One)) >>> 16;
        var number = Vector512.Equals(x, x).AsUInt32();
        Packing.Narrow16(Vector512.ConditionalSelect(number, rounded, Vector512.Create(0x7fc0u))).Store((ushort*)p);
    }
}
