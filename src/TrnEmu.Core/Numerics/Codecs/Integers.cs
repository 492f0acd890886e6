using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Codecs;

/// <summary>fp32 to integers: to nearest even, saturating, NaN to 0.</summary>
internal static class Integers
{
    /// <summary>Rounds to int32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Round(Vector512<float> x) => Vector512.ConvertToInt32(Vector512.Round(x));

    /// <summary>Rounds to the integers in [low, high], both exact in fp32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Round(Vector512<float> x, float low, float high)
    {
        // The comparisons are false for NaN, which Round then takes to 0.
        var (floor, ceiling) = (Vector512.Create(low), Vector512.Create(high));
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, floor), floor, x);
        return Round(Vector512.ConditionalSelect(Vector512.GreaterThan(x, ceiling), ceiling, x));
    }
}
