using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>x tanh(ln(1 + e^x)) = x n / (n + 2) with n = e^x (e^x + 2): the factor is 1 in fp32 from 40 on.</summary>
internal readonly struct Mish : IUnaryOperator, IWideFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x) =>
        Wide.Invoke<Mish>(Wide.AtLeast(x, Vector512.Create(-120f)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Invoke(Vector512<double> x)
    {
        var two = Vector512.Create(2.0);
        var e = ExpCore.Exp(Wide.AtMost(x, Vector512.Create(40.0)));
        var n = e * (e + two);
        return x * (n / (n + two));
    }
}
