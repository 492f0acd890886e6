using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Operators;

/// <summary>f(x), whatever y is.</summary>
internal readonly struct First<TOperator> : IBinaryOperator
    where TOperator : struct, IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => TOperator.Invoke(x);
}

/// <summary>y op x</summary>
internal readonly struct Reversed<TOperator> : IBinaryOperator
    where TOperator : struct, IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => TOperator.Invoke(y, x);
}
