using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>
/// The derivative of gelu, f(x) = P(x) + x p(x) with P the normal distribution and p its density. For a = |x|,
/// f(-a) = e^(-a^2/2) (z - a) R(a), where -z is the only zero of f, and f(a) = 1 - f(-a). R is a polynomial in
/// t = (a - 3.5) / (a + 3.5), to 2^-32 on [0, 14.9], where f(-a) is 0 in fp32.
/// </summary>
internal readonly struct GeluDx : IUnaryOperator, IWideFunction
{
    private const double Zero = 0.7517915246935645;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x) => Wide.Invoke<GeluDx>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Invoke(Vector512<double> x)
    {
        var a = Wide.AtMost(Vector512.Abs(x), Vector512.Create(14.9));
        var t = (a - Vector512.Create(3.5)) / (a + Vector512.Create(3.5));
        var r = Wide.Step(Vector512.Create(-4.19337757558242e-06), t, -3.157957892924411e-06);
        r = Wide.Step(r, t, 4.58276355234139e-05);
        r = Wide.Step(r, t, 2.9222834001289845e-05);
        r = Wide.Step(r, t, -0.0004360364378580674);
        r = Wide.Step(r, t, 0.00024001637356689797);
        r = Wide.Step(r, t, 0.004696425744917038);
        r = Wide.Step(r, t, -0.02201709631851304);
        r = Wide.Step(r, t, 0.058328858790486285);
        r = Wide.Step(r, t, -0.11131655844905301);
        r = Wide.Step(r, t, 0.46937953915034825);
        var lower = ExpCore.Exp(a * a * Vector512.Create(-0.5)) * ((Vector512.Create(Zero) - a) * r);
        var positive = Vector512.GreaterThanOrEqual(x, Vector512<double>.Zero);
        return Vector512.ConditionalSelect(positive, Vector512<double>.One - lower, lower);
    }
}
