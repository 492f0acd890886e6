using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>erf x = x N(x^2) / D(x^2), minimax on [0, 3.95] to 2^-29; 1 beyond.</summary>
internal readonly struct Erf : IUnaryOperator, IWideFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x)
    {
        var bound = Vector512.Create(3.95f);
        return Wide.Invoke<Erf>(Wide.AtMost(Wide.AtLeast(x, -bound), bound));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Invoke(Vector512<double> x)
    {
        var t = x * x;
        var n = Wide.Step(Vector512.Create(-1.2967341845660836e-08), t, 4.6404936750900564e-06);
        n = Wide.Step(n, t, 0.00037793872839490995);
        n = Wide.Step(n, t, 0.0038433626575500464);
        n = Wide.Step(n, t, 0.05427477292729718);
        n = Wide.Step(n, t, 0.18516871225694573);
        n = Wide.Step(n, t, 1.1283791692385776);
        var d = Wide.Step(Vector512.Create(6.269306121551179e-05), t, 0.0013040634422456419);
        d = Wide.Step(d, t, 0.015443709459700259);
        d = Wide.Step(d, t, 0.11391090318051608);
        d = Wide.Step(d, t, 0.49743490784986083);
        d = Wide.Step(d, t, 1.0);
        return x * n / d;
    }
}
