using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Functions;

/// <summary>
/// e^x = 2^n e^r with n = round(x / ln 2) and r = x - n ln 2, |r| at most 0.35. (e^r - 1) / r is the minimax polynomial
/// on that range: degree 5 is off by 2^-26.5, degree 6 by 2^-32. For |x| at most 700; NaN stays.
/// </summary>
internal static class ExpCore
{
    private const double OneOverLn2 = 1.4426950408889634;
    private const double Ln2 = 0.6931471805599453;

    /// <summary>A sum with it holds round(x) plus the exponent bias of fp64 in its lowest bits.</summary>
    private const double Biased = 6755399441055744.0 + 1023;

    /// <summary>e^x to 2^-28.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        var p = Fraction(x, out var scale);
        return scale * p;
    }

    /// <summary>1 + e^x to 2^-28.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> OnePlusExp(Vector512<double> x)
    {
        var p = Fraction(x, out var scale);
        return Vector512.FusedMultiplyAdd(scale, p, Vector512<double>.One);
    }

    /// <summary>e^x - 1 to 2^-31 of its value; nothing cancels, as 2^n - 1 is exact and 0 for small x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ExpMinus1(Vector512<double> x)
    {
        Exp(x, out var minus1);
        return minus1;
    }

    /// <summary>e^x and e^x - 1, each to 2^-31 of its value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x, out Vector512<double> minus1)
    {
        var r = Reduce(x, out var scale);
        var t = r * r;
        var high = Wide.Step(Wide.Line(0.0013941004923900507, r, 0.00019841248637730605), r, 0.008333402903306489);
        var middle = Wide.Line(0.16666666249599776, r, 0.041666354449694826);
        var low = Wide.Line(1.000000000031199, r, 0.5000000046652161);
        var q = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(high, t, middle), t, low);
        minus1 = Vector512.FusedMultiplyAdd(scale, q * r, scale - Vector512<double>.One);
        return Vector512.FusedMultiplyAdd(scale, q * r, scale);
    }

    /// <summary>e^r, where the scale is 2^n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Fraction(Vector512<double> x, out Vector512<double> scale)
    {
        var r = Reduce(x, out scale);
        var t = r * r;
        var high = Wide.Line(0.008369068552814662, r, 0.00138888689164157);
        var middle = Wide.Line(0.16666506219667823, r, 0.04166713626675928);
        var low = Wide.Line(1.0000000106279507, r, 0.4999999812462181);
        var q = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(high, t, middle), t, low);
        return Wide.Step(q, r, 1.0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Reduce(Vector512<double> x, out Vector512<double> scale)
    {
        var biased = Vector512.FusedMultiplyAdd(x, Vector512.Create(OneOverLn2), Vector512.Create(Biased));
        scale = (biased.AsInt64() << 52).AsDouble();
        return Vector512.FusedMultiplyAdd(biased - Vector512.Create(Biased), Vector512.Create(-Ln2), x);
    }
}
