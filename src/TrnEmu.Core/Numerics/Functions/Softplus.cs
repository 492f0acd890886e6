using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>ln(1 + e^x) = max(x, 0) + ln(1 + e^-|x|)</summary>
internal readonly struct Softplus : IUnaryOperator, IWideFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x) => Wide.Invoke<Softplus>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Invoke(Vector512<double> x)
    {
        var y = ExpCore.Exp(Wide.AtLeast(-Vector512.Abs(x), Vector512.Create(-110.0)));
        return Wide.AtLeast(x, Vector512<double>.Zero) + LogCore.ArTanh2(y / (y + Vector512.Create(2.0)));
    }
}
