using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TrnEmu.Core.Numerics.Operators;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>
/// Within [-pi, pi], sin x = (-1)^n sin(x - n pi) with n = round(x / pi); x - n pi is exact but for 2^-100 as pi is held
/// in two parts, and sin(r) / r is the minimax polynomial in r^2 to 2^-35. Beyond, the Scalar engine goes on with a
/// cubic: with pi rounded to fp32 and d = |x| - pi, the sign of x times d (d^2 / 6 - 1), that is
/// fl(d fma(fl(d^2), fl(1/6), -1)) with fl rounding to fp32, which is 27.65 at 9.
/// </summary>
internal readonly struct Sin : IUnaryOperator, IWideFunction
{
    private const double OneOverPi = 0.3183098861837907;
    private const double Pi = 3.141592653589793;
    private const double PiRest = 1.224646799147353e-16;

    /// <summary>A sum with it holds the rounded number in its lowest bits.</summary>
    private const double Integer = 6755399441055744.0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke(Vector512<float> x)
    {
        var (end, magnitude) = (Vector512.Create(MathF.PI), Vector512.Abs(x));
        var d = magnitude - end;
        var cubic = d * Vector512.FusedMultiplyAdd(d * d, Vector512.Create(1 / 6f), Vector512.Create(-1f));
        var signed = cubic ^ (x & Vector512.Create(-0f));
        return Vector512.ConditionalSelect(Vector512.GreaterThan(magnitude, end), signed, Wide.Invoke<Sin>(x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Invoke(Vector512<double> x)
    {
        var whole = Vector512.FusedMultiplyAdd(x, Vector512.Create(OneOverPi), Vector512.Create(Integer));
        var n = whole - Vector512.Create(Integer);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Pi), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-PiRest), r);
        var t = r * r;
        var p = Wide.Step(Vector512.Create(-2.3868110482777057e-08), t, 2.752395764147089e-06);
        p = Wide.Step(p, t, -0.0001984083255736031);
        p = Wide.Step(p, t, 0.00833333071842374);
        p = Wide.Step(p, t, -0.16666666608766534);
        p = Wide.Step(p, t, 0.9999999999788224);
        return (r * p) ^ (whole.AsInt64() << 63).AsDouble();
    }
}
