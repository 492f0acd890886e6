using System.Numerics;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>The sum of two exact numbers rounded once to fp32, to nearest even.</summary>
internal static class ExactSum
{
    private const int Precision = 24;
    private const int SmallestUnit = -149;
    private const int DoubleFraction = 52;

    /// <summary>a + b, where doubles hold both exactly, but perhaps not their sum.</summary>
    public static float Of(double a, double b)
    {
        var sum = a + b;
        return !double.IsFinite(sum) || (sum - a == b && sum - b == a) ? (float)sum : Rounded(a, b);
    }

    private static float Rounded(double a, double b)
    {
        var ((x, xUnit), (y, yUnit)) = (Integer(a), Integer(b));
        var unit = Math.Min(xUnit, yUnit);
        var sum = (x << (xUnit - unit)) + (y << (yUnit - unit));
        var size = BigInteger.Abs(sum);
        var drop = Math.Max((int)size.GetBitLength() - Precision, SmallestUnit - unit);
        if (drop > 0)
        {
            var half = BigInteger.One << (drop - 1);
            var kept = size >> drop;
            var rest = size - (kept << drop);
            if (rest > half || (rest == half && !kept.IsEven)) kept++;
            (size, unit) = (kept, unit + drop);
        }

        return (float)(sum.Sign * Math.ScaleB((double)size, unit));
    }

    /// <summary>A double as integer times a power of two.</summary>
    private static (BigInteger Value, int Unit) Integer(double x)
    {
        if (x == 0) return (0, 0);
        var unit = Math.ILogB(x) - DoubleFraction;
        return (new BigInteger(Math.ScaleB(x, -unit)), unit);
    }
}
