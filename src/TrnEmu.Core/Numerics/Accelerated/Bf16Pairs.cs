using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>Pairs of what is bf16 already.</summary>
internal readonly unsafe struct Bf16Pairs : IPairs
{
    private const uint Next = (1 << 16) + 1;

    /// <summary>In each 32 bits: element i of the first of two vectors, then of the second, i &lt; 16.</summary>
    private static Vector512<ushort> FirstHalf => Vector512.CreateSequence(32u << 16, Next).AsUInt16();

    /// <summary>The same for i from 16 on.</summary>
    private static Vector512<ushort> SecondHalf => Vector512.CreateSequence((48u << 16) + 16, Next).AsUInt16();

    public static int Least => ExactRange.NoElements;

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
