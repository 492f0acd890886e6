using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Codecs;

/// <summary>Four-byte elements as they are: a lane's bits are the element's.</summary>
internal readonly unsafe struct Bits32Codec : ICodec
{
    public static int Size => sizeof(uint);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* p) => Vector512.Load((float*)p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector512<float> x) => x.Store((float*)p);
}

/// <summary>Two-byte elements as the low bits of a lane, zero above; Store drops what is above.</summary>
internal readonly unsafe struct Bits16Codec : ICodec
{
    public static int Size => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* p) => Packing.Widen(Vector256.Load((ushort*)p)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector512<float> x) => Packing.Narrow16(x.AsUInt32()).Store((ushort*)p);
}

/// <summary>One-byte elements as the low bits of a lane, zero above; Store drops what is above.</summary>
internal readonly unsafe struct Bits8Codec : ICodec
{
    public static int Size => sizeof(byte);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* p) => Packing.Widen(Vector128.Load(p)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector512<float> x) => Packing.Narrow8(x.AsUInt32()).Store(p);
}

/// <summary>No elements: what a loop over one operand takes for the second.</summary>
internal readonly unsafe struct NoneCodec : ICodec
{
    public static int Size => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* p) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector512<float> x)
    {
        // Nothing is kept.
    }
}
