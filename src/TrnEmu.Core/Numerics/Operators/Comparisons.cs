using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Operators;

/// <summary>x = y</summary>
internal readonly struct Equal : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
        Vector512.Equals(x, y) & Vector512<float>.One;
}

/// <summary>x ≥ y</summary>
internal readonly struct GreaterEqual : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
        Vector512.GreaterThanOrEqual(x, y) & Vector512<float>.One;
}

/// <summary>x &gt; y</summary>
internal readonly struct Greater : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
        Vector512.GreaterThan(x, y) & Vector512<float>.One;
}

/// <summary>x ≤ y</summary>
internal readonly struct LessEqual : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
        Vector512.LessThanOrEqual(x, y) & Vector512<float>.One;
}

/// <summary>x &lt; y</summary>
internal readonly struct Less : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
        Vector512.LessThan(x, y) & Vector512<float>.One;
}

/// <summary>x ≠ y</summary>
internal readonly struct NotEqual : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
        Vector512.AndNot(Vector512<float>.One, Vector512.Equals(x, y));
}
