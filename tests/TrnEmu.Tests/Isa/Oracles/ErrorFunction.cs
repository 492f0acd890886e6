namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>erf and erfc by their series and continued fraction, each where it does not cancel.</summary>
internal static class ErrorFunction
{
    private const double Crossing = 2;
    private const int FractionTerms = 120;
    private static readonly double Root = Math.Sqrt(Math.PI);

    /// <summary>2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x.</summary>
    public static double Value(double x)
    {
        if (double.IsNaN(x)) return x;
        if (Math.Abs(x) > Crossing) return Math.Sign(x) * (1 - Tail(Math.Abs(x)));
        return Series(x);
    }

    /// <summary>1 - erf(x), also where that is tiny.</summary>
    public static double Complement(double x) => x > Crossing ? Tail(x) : 1 - Value(x);

    /// <summary>2 x / sqrt(pi) e^(-x^2) (1 + 2 x^2 / 3 + (2 x^2)^2 / (3 5) + …): terms of one sign.</summary>
    private static double Series(double x)
    {
        double term = 1, sum = 1;
        for (var n = 3; term > sum * 1e-18; n += 2) sum += term *= 2 * x * x / n;
        return 2 * x / Root * Math.Exp(-x * x) * sum;
    }

    /// <summary>e^(-x^2) / sqrt(pi) / (x + (1/2) / (x + 1 / (x + (3/2) / (x + …)))).</summary>
    private static double Tail(double x)
    {
        if (double.IsInfinity(x)) return 0;
        var fraction = x;
        for (var k = FractionTerms; k > 0; k--) fraction = x + k / 2.0 / fraction;
        return Math.Exp(-x * x) / Root / fraction;
    }
}
