namespace TrnEmu.Bench.Compare;

/// <summary>The median of samples and the quartiles around it.</summary>
internal readonly record struct Spread(double Median, double Low, double High)
{
    public static Spread Of(ReadOnlySpan<double> samples)
    {
        var sorted = samples.ToArray();
        Array.Sort(sorted);
        return new Spread(At(sorted, 0.5), At(sorted, 0.25), At(sorted, 0.75));
    }

    public static Spread Of(double value) => new(value, value, value);

    /// <summary>The same of a larger or smaller unit.</summary>
    public Spread Times(double factor) => new(Median * factor, Low * factor, High * factor);

    /// <summary>The same of the reciprocals.</summary>
    public Spread Per(double amount) => new(amount / Median, amount / High, amount / Low);

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
