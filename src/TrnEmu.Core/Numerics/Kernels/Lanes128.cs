using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>One lane, as every host has it.</summary>
internal readonly unsafe struct Lanes128 : ILanes<Vector128<byte>>
{
    public static bool IsSupported => Sse2.IsSupported || AdvSimd.Arm64.IsSupported;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Load(byte* p, long stride) => Vector128.Load(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* p, Vector128<byte> x) => x.Store(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<byte> Low, Vector128<byte> High) Two1(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? (Sse2.UnpackLow(a, b), Sse2.UnpackHigh(a, b))
        : (AdvSimd.Arm64.ZipLow(a, b), AdvSimd.Arm64.ZipHigh(a, b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<byte> Low, Vector128<byte> High) Two2(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? (Sse2.UnpackLow(a.AsUInt16(), b.AsUInt16()).AsByte(), Sse2.UnpackHigh(a.AsUInt16(), b.AsUInt16()).AsByte())
        : (AdvSimd.Arm64.ZipLow(a.AsUInt16(), b.AsUInt16()).AsByte(), AdvSimd.Arm64.ZipHigh(a.AsUInt16(), b.AsUInt16()).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<byte> Low, Vector128<byte> High) Two4(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? (Sse2.UnpackLow(a.AsUInt32(), b.AsUInt32()).AsByte(), Sse2.UnpackHigh(a.AsUInt32(), b.AsUInt32()).AsByte())
        : (AdvSimd.Arm64.ZipLow(a.AsUInt32(), b.AsUInt32()).AsByte(), AdvSimd.Arm64.ZipHigh(a.AsUInt32(), b.AsUInt32()).AsByte());
}
