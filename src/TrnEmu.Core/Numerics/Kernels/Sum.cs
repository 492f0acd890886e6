using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Kernels;

/// <summary>
/// The end of a sum: c = c + s or c = s. Processors differ in the sign and payload of a NaN they make or pass on, so
/// every NaN becomes 0x7fc00000.
/// </summary>
internal static unsafe class Sum
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* c, Vector512<float> s, bool accumulate)
    {
        if (accumulate) s = Vector512.Load(c) + s;
        Vector512.ConditionalSelect(Vector512.Equals(s, s), s, Vector512.Create(Quiet)).Store(c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* c, Vector256<float> s, bool accumulate)
    {
        if (accumulate) s = Vector256.Load(c) + s;
        Vector256.ConditionalSelect(Vector256.Equals(s, s), s, Vector256.Create(Quiet)).Store(c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* c, float s, bool accumulate) => *c = Canonical(accumulate ? *c + s : s);

    /// <summary>The value, or 0x7fc00000 for any NaN.</summary>
    private static float Canonical(float value) => float.IsNaN(value) ? Quiet : value;

    private static float Quiet => BitConverter.UInt32BitsToSingle(0x7fc00000);
}
