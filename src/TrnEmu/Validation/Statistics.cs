namespace TrnEmu.Validation;

/// <summary>Statistics of a few numbers.</summary>
internal static class Statistics
{
    /// <summary>The middle one, or the mean of the two in the middle; NaN of none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var half = sorted.Length / 2;
        if (sorted.Length == 0) return double.NaN;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /// <summary>The mean; 0 of none.</summary>
    public static double Mean(IEnumerable<double> values) => values.DefaultIfEmpty(0).Average();
}
