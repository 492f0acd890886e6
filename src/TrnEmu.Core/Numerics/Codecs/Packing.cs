using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TrnEmu.Core.Numerics.Codecs;

/// <summary>16 lanes of 8 or 16 bits to 32 bits and back (the low bits are kept), order preserved.</summary>
internal static class Packing
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Widen(Vector256<ushort> x) => Avx512F.IsSupported
        ? Avx512F.ConvertToVector512UInt32(x)
        : Vector512.Create(Vector256.WidenLower(x), Vector256.WidenUpper(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Widen(Vector256<short> x) => Avx512F.IsSupported
        ? Avx512F.ConvertToVector512Int32(x)
        : Vector512.Create(Vector256.WidenLower(x), Vector256.WidenUpper(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Widen(Vector128<byte> x) => Avx512F.IsSupported
        ? Avx512F.ConvertToVector512UInt32(x)
        : Widen(Vector256.Create(Vector128.WidenLower(x), Vector128.WidenUpper(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Widen(Vector128<sbyte> x) =>
        Widen(Vector256.Create(Vector128.WidenLower(x), Vector128.WidenUpper(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Narrow16(Vector512<uint> x) => Avx512F.IsSupported
        ? Avx512F.ConvertToVector256UInt16(x)
        : Vector256.Narrow(x.GetLower(), x.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Narrow8(Vector512<uint> x)
    {
        if (Avx512F.IsSupported) return Avx512F.ConvertToVector128Byte(x);
        var half = Narrow16(x);
        return Vector128.Narrow(half.GetLower(), half.GetUpper());
    }
}
