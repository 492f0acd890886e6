using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>
/// sin x = (-1)^n sin(x - n pi), n = round(x / pi), and cos x likewise about the odd multiples of pi / 2. x - n pi is
/// exact but for 2^-100 as pi is held in three parts. sin(r) / r is the minimax polynomial in r^2 to 2^-35. Magnitudes
/// from 2^48 on go through <see cref="LargeAngle"/>.
/// </summary>
internal static class TrigCore
{
    private const double OneOverPi = 0.3183098861837907;
    private const double Pi1 = 3.141592653589793;
    private const double Pi2 = 1.224646799147353e-16;
    private const double Pi3 = 2.165713347843828e-32;
    private const double Integer = 6755399441055744.0;

    /// <summary>How many half periods the zeros lie after those of the sine.</summary>
    internal interface IPhase
    {
        static abstract double Shift { get; }
    }

    internal readonly struct SinPhase : IPhase
    {
        public static double Shift => 0;
    }

    internal readonly struct CosPhase : IPhase
    {
        public static double Shift => -0.5;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Invoke<TPhase>(Vector512<float> x)
        where TPhase : struct, IPhase
    {
        var value = Wide.Invoke<Trig<TPhase>>(x);
        var large = Vector512.GreaterThanOrEqual(Vector512.Abs(x), Vector512.Create(281474976710656f));
        return large == Vector512<float>.Zero ? value : LargeAngle.Replace<TPhase>(x, value);
    }

    internal readonly struct Trig<TPhase> : IWideFunction
        where TPhase : struct, IPhase
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x)
        {
            // cos(x) = sin(x + pi/2): the nearest zero is (n + shift) pi with n = round(x / pi - shift).
            var shift = Vector512.Create(TPhase.Shift);
            var whole = Vector512.FusedMultiplyAdd(x, Vector512.Create(OneOverPi), -shift) + Vector512.Create(Integer);
            var n = whole - Vector512.Create(Integer) + shift;
            var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Pi1), x);
            r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Pi2), r);
            r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Pi3), r);
            return SinReduced(r) ^ (whole.AsInt64() << 63).AsDouble();
        }
    }

    /// <summary>sin r for |r| at most a little over pi / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> SinReduced(Vector512<double> r)
    {
        var t = r * r;
        var p = Wide.Step(Vector512.Create(-2.3868110482777057e-08), t, 2.752395764147089e-06);
        p = Wide.Step(p, t, -0.0001984083255736031);
        p = Wide.Step(p, t, 0.00833333071842374);
        p = Wide.Step(p, t, -0.16666666608766534);
        p = Wide.Step(p, t, 0.9999999999788224);
        return r * p;
    }
}
