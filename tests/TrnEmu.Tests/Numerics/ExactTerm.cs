using System.Numerics;

namespace TrnEmu.Tests.Numerics;

/// <summary>s + a 2^i b 2^j by whole numbers, rounded once to fp32.</summary>
internal static class ExactTerm
{
    /// <summary>Units of 2^-400 hold every factor, product and sum.</summary>
    private const int Point = 400;

    public static float Add(
        (double Element, int Exponent, bool IsNaN) a, (double Element, int Exponent, bool IsNaN) b, float s)
    {
        var product = a.Element * b.Element;
        if (a.IsNaN || b.IsNaN || !double.IsFinite(product) || !float.IsFinite(s))
            return a.IsNaN || b.IsNaN ? float.NaN : (float)(product + s);
        var sum = Units(product, a.Exponent + b.Exponent) + Units(s, 0);

        // A sum of zeros keeps its sign by the rule for zeros; any other zero is an exact difference.
        if (sum.IsZero) return product == 0 ? (float)(product + s) : 0;
        return Round(sum);
    }

    private static BigInteger Units(double value, int exponent)
    {
        if (value == 0) return BigInteger.Zero;
        var shift = Math.ILogB(value) - 52;
        return new BigInteger(Math.ScaleB(value, -shift)) << (shift + exponent + Point);
    }

    /// <summary>To the nearest multiple of the unit in the last place, ties to even.</summary>
    private static float Round(BigInteger sum)
    {
        var magnitude = BigInteger.Abs(sum);
        var exponent = (int)magnitude.GetBitLength() - 1 - Point;
        var place = Math.Max(exponent, -126) - 23 + Point;
        var units = magnitude >> place;
        var rest = magnitude - (units << place);
        var half = BigInteger.One << (place - 1);
        if (rest > half || (rest == half && !units.IsEven)) units += 1;
        var value = Math.ScaleB((double)units, place - Point);
        var rounded = value > float.MaxValue ? float.PositiveInfinity : (float)value;
        return sum.Sign < 0 ? -rounded : rounded;
    }
}
