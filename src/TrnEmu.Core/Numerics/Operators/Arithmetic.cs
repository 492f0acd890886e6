using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Operators;

/// <summary>x + y</summary>
internal readonly struct Add : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
        x + y;
}

/// <summary>x - y</summary>
internal readonly struct Subtract : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
        x - y;
}

/// <summary>x y</summary>
internal readonly struct Multiply : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) =>
        x * y;
}
