using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>tanh x = E / (E + 2) with E = e^2|x| - 1, and the sign of x; 1 from 9.02 on.</summary>
internal readonly struct Tanh : IUnaryOperator, IWideFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x) =>
        Wide.WithSign(Wide.Invoke<Tanh>(Wide.AtMost(Vector512.Abs(x), Vector512.Create(10f))), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Invoke(Vector512<double> x)
    {
        var e = ExpCore.ExpMinus1(x + x);
        return e / (e + Vector512.Create(2.0));
    }
}
