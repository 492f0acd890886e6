using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>Pairs of what is bf16 already.</summary>
internal readonly unsafe struct Bf16Pairs : IPairs
{
    private static Vector512<ushort> FirstHalf => Vector512.Create(
        0, 32, 1, 33, 2, 34, 3, 35, 4, 36, 5, 37, 6, 38, 7, 39,
        8, 40, 9, 41, 10, 42, 11, 43, 12, 44, 13, 45, 14, 46, 15, (ushort)47);

    private static Vector512<ushort> SecondHalf => Vector512.Create(
        16, 48, 17, 49, 18, 50, 19, 51, 20, 52, 21, 53, 22, 54, 23, 55,
        24, 56, 25, 57, 26, 58, 27, 59, 28, 60, 29, 61, 30, 62, 31, (ushort)63);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Pack(byte* earlier, byte* later, uint* pairs)
    {
        var (low0, high0) = (Vector512.Load((ushort*)later), Vector512.Load((ushort*)earlier));
        var (low1, high1) = (Vector512.Load((ushort*)later + 32), Vector512.Load((ushort*)earlier + 32));
        Avx512BW.PermuteVar32x16x2(low0, FirstHalf, high0).AsUInt32().Store(pairs);
        Avx512BW.PermuteVar32x16x2(low0, SecondHalf, high0).AsUInt32().Store(pairs + 16);
        Avx512BW.PermuteVar32x16x2(low1, FirstHalf, high1).AsUInt32().Store(pairs + 32);
        Avx512BW.PermuteVar32x16x2(low1, SecondHalf, high1).AsUInt32().Store(pairs + 48);
        return Vector512.Min(
            Vector512.Min(Magnitude(low0), Magnitude(high0)), Vector512.Min(Magnitude(low1), Magnitude(high1)));
    }

    /// <summary>Less 1, so that 0 becomes the largest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ushort> Magnitude(Vector512<ushort> x) =>
        (x & Vector512.Create((ushort)0x7fff)) - Vector512<ushort>.One;
}
