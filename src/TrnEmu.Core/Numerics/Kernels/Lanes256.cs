using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>Two lanes.</summary>
internal readonly unsafe struct Lanes256 : ILanes<Vector256<byte>>
{
    public static bool IsSupported => Avx2.IsSupported;

    public static int Count => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Load(byte* p, long stride) => Vector256.Create(Vector128.Load(p), Vector128.Load(p + stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector256<byte> x) => x.Store(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<byte> Low, Vector256<byte> High) Two1(Vector256<byte> a, Vector256<byte> b) =>
        (Avx2.UnpackLow(a, b), Avx2.UnpackHigh(a, b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<byte> Low, Vector256<byte> High) Two2(Vector256<byte> a, Vector256<byte> b) =>
        (Avx2.UnpackLow(a.AsUInt16(), b.AsUInt16()).AsByte(), Avx2.UnpackHigh(a.AsUInt16(), b.AsUInt16()).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<byte> Low, Vector256<byte> High) Two4(Vector256<byte> a, Vector256<byte> b) =>
        (Avx2.UnpackLow(a.AsUInt32(), b.AsUInt32()).AsByte(), Avx2.UnpackHigh(a.AsUInt32(), b.AsUInt32()).AsByte());
}
