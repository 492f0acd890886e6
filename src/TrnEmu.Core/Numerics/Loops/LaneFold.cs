using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Loops;

/// <summary>
/// The order of every reduction, the same on all hardware: lane j of 16 starts at the operator's identity and takes
/// elements j, j + 16, j + 32, …; then lanes j and j + 8 are combined, j and j + 4, j and j + 2, j and j + 1.
/// </summary>
internal static class LaneFold
{
    private static ReadOnlySpan<int> LaneNumbers => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>The first <paramref name="count"/> lanes of x and those of <paramref name="rest"/> elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Keep(Vector512<float> x, int count, Vector512<float> rest)
    {
        var kept = Vector512.LessThan(Vector512.Create(LaneNumbers), Vector512.Create(count)).AsSingle();
        return Vector512.ConditionalSelect(kept, x, rest);
    }

    /// <summary>Combines the 16 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tree<TOperator>(Vector512<float> lanes)
        where TOperator : struct, IBinaryOperator
    {
        lanes = TOperator.Invoke(lanes, Vector512.Shuffle(
            lanes, Vector512.Create(8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15)));
        lanes = TOperator.Invoke(lanes, Vector512.Shuffle(
            lanes, Vector512.Create(4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7)));
        lanes = TOperator.Invoke(lanes, Vector512.Shuffle(
            lanes, Vector512.Create(2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3)));
        return TOperator.Invoke(lanes, Vector512.Shuffle(lanes, Vector512.Create(1))).ToScalar();
    }
}
