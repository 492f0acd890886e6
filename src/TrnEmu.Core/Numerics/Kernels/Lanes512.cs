using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>Four lanes.</summary>
internal readonly unsafe struct Lanes512 : ILanes<Vector512<byte>>
{
    public static bool IsSupported => Avx512BW.IsSupported;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Load(byte* p, long stride) => Vector512.Create(
        Vector256.Create(Vector128.Load(p), Vector128.Load(p + stride)),
        Vector256.Create(Vector128.Load(p + 2 * stride), Vector128.Load(p + 3 * stride)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector512<byte> x) => x.Store(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<byte> Low, Vector512<byte> High) Two1(Vector512<byte> a, Vector512<byte> b) =>
        (Avx512BW.UnpackLow(a, b), Avx512BW.UnpackHigh(a, b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<byte> Low, Vector512<byte> High) Two2(Vector512<byte> a, Vector512<byte> b) =>
        (Avx512BW.UnpackLow(a.AsUInt16(), b.AsUInt16()).AsByte(), Avx512BW.UnpackHigh(a.AsUInt16(), b.AsUInt16()).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<byte> Low, Vector512<byte> High) Two4(Vector512<byte> a, Vector512<byte> b) =>
        (Avx512F.UnpackLow(a.AsUInt32(), b.AsUInt32()).AsByte(), Avx512F.UnpackHigh(a.AsUInt32(), b.AsUInt32()).AsByte());
}
