using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TrnEmu.Core.Numerics.Codecs;

internal readonly unsafe struct Bf16Codec : ICodec
{
    private const uint Upper = 0xffff0000;

    private static Vector512<ushort> UpperHalves => Vector512.CreateSequence<ushort>(1, 2);

    public static int Size => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* p) => (Packing.Widen(Vector256.Load((ushort*)p)) << 16).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector512<float> x) => Packing.Narrow16(Round(x) >>> 16).Store((ushort*)p);

    /// <summary>
    /// Widens 32 neighbours, those of even number in one vector and those of odd number in the other: where every operand
    /// of a loop is bf16 the order of lanes does not matter, and nothing needs to be unpacked.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> Even, Vector512<float> Odd) LoadPair(byte* p)
    {
        var pairs = Vector512.Load((uint*)p);
        return ((pairs << 16).AsSingle(), (pairs & Vector512.Create(Upper)).AsSingle());
    }

    /// <summary>Rounds 32 values, in the order of <see cref="LoadPair"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePair(byte* p, Vector512<float> even, Vector512<float> odd) =>
        ((Round(even) >>> 16) | (Round(odd) & Vector512.Create(Upper))).Store((uint*)p);

    /// <summary>True where the host packs the upper halves of two vectors by one instruction.</summary>
    public static bool HasStoreTwo => Avx512BW.IsSupported;

    /// <summary>Rounds 32 values in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTwo(byte* p, Vector512<float> first, Vector512<float> second)
    {
        var (low, high) = (Nearest(first.AsUInt32()), Nearest(second.AsUInt32()));
        if (Avx512F.CompareUnordered(first, second).ExtractMostSignificantBits() != 0)
            (low, high) = (OrNaN(first, low), OrNaN(second, high));
        Avx512BW.PermuteVar32x16x2(low.AsUInt16(), UpperHalves, high.AsUInt16()).Store((ushort*)p);
    }

    /// <summary>The element in the upper half; the lower is of no use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Round(Vector512<float> x) => OrNaN(x, Nearest(x.AsUInt32()));

    /// <summary>
    /// Half a unit is added to the magnitude; a tie rounds up only when the kept part is odd. Overflow carries into Inf.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Nearest(Vector512<uint> bits) =>
        bits + Vector512.Create(0x7fffu) + ((bits >>> 16) & Vector512<uint>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> OrNaN(Vector512<float> x, Vector512<uint> rounded) =>
        Vector512.ConditionalSelect(Vector512.Equals(x, x).AsUInt32(), rounded, Vector512.Create(0x7fc00000u));
}
