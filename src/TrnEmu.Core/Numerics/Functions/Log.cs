using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>ln x: -Inf at 0, NaN below.</summary>
internal readonly struct Log : IUnaryOperator, IWideFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x)
    {
        var value = Wide.Invoke<Log>(x);
        var zero = Vector512.Equals(x, Vector512<float>.Zero);
        var outside = Vector512.ConditionalSelect(
            zero, Vector512.Create(float.NegativeInfinity), Vector512.Create(float.NaN));
        value = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), value, outside);
        return Vector512.ConditionalSelect(Vector512.Equals(x, Vector512.Create(float.PositiveInfinity)), x, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Invoke(Vector512<double> x) => LogCore.Log(x);
}
