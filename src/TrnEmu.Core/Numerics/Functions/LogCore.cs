using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>
/// ln x = e ln 2 + 2 artanh(s) for x = 2^e m, m in [sqrt 1/2, sqrt 2), s = (m - 1) / (m + 1). artanh(s) / s is a
/// minimax polynomial in s^2, to 2^-45 on |s| at most 0.172 and to 2^-38 on |s| at most 1/3.
/// </summary>
internal static class LogCore
{
    private const double Ln2 = 0.6931471805599453;

    /// <summary>ln x of positive normal finite fp64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        var bits = x.AsInt64();
        var exponent = (bits - Vector512.Create(Math.Sqrt(0.5)).AsInt64()) >> 52;
        var m = (bits - (exponent << 52)).AsDouble();
        var s = (m - Vector512<double>.One) / (m + Vector512<double>.One);
        var t = s * s;
        var p = Wide.Step(Vector512.Create(0.09804566094006208), t, 0.11087086949840196);
        p = Wide.Step(p, t, 0.1428608406265251);
        p = Wide.Step(p, t, 0.19999997435528247);
        p = Wide.Step(p, t, 0.33333333339828836);
        p = Wide.Step(p, t, 0.9999999999999742);
        return Vector512.FusedMultiplyAdd(Vector512.ConvertToDouble(exponent), Vector512.Create(Ln2), (s + s) * p);
    }

    /// <summary>2 artanh(s) for |s| at most 1/3, which is ln((1 + s) / (1 - s)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ArTanh2(Vector512<double> s)
    {
        var t = s * s;
        var p = Wide.Step(Vector512.Create(0.10939339299334809), t, 0.08558255994239825);
        p = Wide.Step(p, t, 0.11152939319633101);
        p = Wide.Step(p, t, 0.14284051303412965);
        p = Wide.Step(p, t, 0.20000031270303975);
        p = Wide.Step(p, t, 0.33333333113657554);
        p = Wide.Step(p, t, 1.0000000000025142);
        return (s + s) * p;
    }
}
