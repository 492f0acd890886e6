using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Operators;

/// <summary>Both are true.</summary>
internal readonly struct LogicalAnd : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
        Truth.Of(x) & Truth.Of(y);
}

/// <summary>One or both are true.</summary>
internal readonly struct LogicalOr : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
        Truth.Of(x) | Truth.Of(y);
}

/// <summary>One is true, the other not.</summary>
internal readonly struct LogicalXor : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
        Truth.Of(x) ^ Truth.Of(y);
}

/// <summary>A value is true when it is not 0.</summary>
internal static class Truth
{
    /// <summary>1 where x is true, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> x) =>
        Vector512.AndNot(Vector512<float>.One, Vector512.Equals(x, Vector512<float>.Zero));
}
