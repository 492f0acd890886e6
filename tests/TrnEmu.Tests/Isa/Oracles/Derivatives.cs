namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>
/// Derivatives that are 0 somewhere below 0. Where their terms cancel they are summed in decimal, whose 28 digits leave
/// enough; elsewhere in double.
/// </summary>
internal static class Derivatives
{
    private const double Safe = 3;
    private const double Far = 30;
    private const decimal RootOfTwoPi = 2.5066282746310005024157652848m;

    /// <summary>s (1 + z (1 - s)) with s = 1 / (1 + e^-z) and z = factor x.</summary>
    public static double Silu(double x, decimal factor = 1)
    {
        if (Math.Abs(x) < Safe)
        {
            var z = factor * Decimal(x);
            var s = 1 / (1 + Exp(-z));
            return (double)(s * (1 + z * (1 - s)));
        }

        var a = Math.Abs((double)factor * x);
        var e = Math.Exp(-a);
        var lower = a > 700 ? -0.0 : e * (1 + e - a) / ((1 + e) * (1 + e));
        return x > 0 ? 1 - lower : lower;
    }

    /// <summary>P(x) + x p(x), P the normal distribution and p its density.</summary>
    public static double Gelu(double x)
    {
        if (Math.Abs(x) < Safe) return (double)(0.5m + Density(Decimal(x)) * (Decimal(x) + Sum(Decimal(x))));
        if (Math.Abs(x) > Far) return x > 0 ? 1 : -0.0;
        return ErrorFunction.Complement(-x / Math.Sqrt(2)) / 2 + x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }

    private static decimal Density(decimal x) => Exp(-x * x / 2) / RootOfTwoPi;

    /// <summary>x + x^3 / 3 + x^5 / (3 5) + …, which times the density is P(x) - 1/2.</summary>
    private static decimal Sum(decimal x)
    {
        decimal term = x, sum = x;
        for (var n = 3; n < 120; n += 2) sum += term *= x * x / n;
        return sum;
    }

    private static decimal Exp(decimal x)
    {
        decimal term = 1, sum = 1;
        for (var n = 1; n < 80; n++) sum += term *= x / n;
        return sum;
    }

    /// <summary>All digits of an fp32 number; the conversion from double keeps 15 only.</summary>
    private static decimal Decimal(double x)
    {
        var units = Math.Truncate(x * (1L << 40));
        return (decimal)(long)units / (1L << 40) + (decimal)(x - units / (1L << 40));
    }
}
