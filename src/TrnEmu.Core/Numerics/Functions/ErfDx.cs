using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>The derivative of erf, 2 / sqrt(pi) e^(-x^2); 0 in fp32 from |x| = 10.3 on.</summary>
internal readonly struct ErfDx : IUnaryOperator, IWideFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x) =>
        Wide.Invoke<ErfDx>(Wide.AtMost(Vector512.Abs(x), Vector512.Create(11f)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Invoke(Vector512<double> x) =>
        Vector512.Create(1.1283791670955126) * ExpCore.Exp(-(x * x));
}
