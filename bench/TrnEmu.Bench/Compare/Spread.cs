namespace TrnEmu.Bench.Compare;

/// <summary>The median of samples, the quartiles around it and the lowest.</summary>
internal readonly record struct Spread(double Median, double Low, double High, double Least)
{
    public static Spread Of(ReadOnlySpan<double> samples)
    {
        var sorted = samples.ToArray();
        Array.Sort(sorted);
        return new Spread(At(sorted, 0.5), At(sorted, 0.25), At(sorted, 0.75), sorted[0]);
    }

    /// <summary>From what is known of samples: lower quartile, median, upper quartile.</summary>
    public static Spread OfQuartiles(ReadOnlySpan<double> values) => new(values[1], values[0], values[2], values[0]);

    public static Spread Of(double value) => new(value, value, value, value);

    /// <summary>The same of a larger or smaller unit.</summary>
    public Spread Times(double factor) => new(Median * factor, Low * factor, High * factor, Least * factor);

    /// <summary>So much in the time that this is.</summary>
    public Spread Per(double amount) => OfQuartiles([amount / High, amount / Median, amount / Low]);

    public override string ToString() => Low == High
        ? Bound.Number(Median)
        : $"{Bound.Number(Median)} ({Bound.Number(Low)}-{Bound.Number(High)})";

    private static double At(double[] sorted, double part)
    {
        var at = part * (sorted.Length - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
