using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TrnEmu.Bench.Compare;

/// <summary>
/// Two pieces of work in turns, A B B A A B B A …, so that whatever slows the machine down slows both: each round gives
/// a ratio, and the median of those is the result.
/// </summary>
internal static class Interleaved
{
    /// <summary>How many times as fast as the baseline ours is.</summary>
    public static Measurement Faster(Effort effort, Timed ours, Timed baseline) =>
        Ratio(effort, ours, baseline, static (a, b) => b / a);

    /// <summary>How many times the time of the baseline ours takes.</summary>
    public static Measurement Longer(Effort effort, Timed ours, Timed baseline) =>
        Ratio(effort, ours, baseline, static (a, b) => a / b);

    /// <summary>One piece of work alone.</summary>
    public static Spread Seconds(Effort effort, Timed ours)
    {
        var samples = new List<double>();
        var clock = Stopwatch.StartNew();
        while (More(effort, samples.Count, clock)) samples.Add(ours());
        return Spread.Of(CollectionsMarshal.AsSpan(samples));
    }

    /// <summary>Seconds as people read them: ns, us, ms or s.</summary>
    public static string Text(double seconds) => seconds switch
    {
        < 1e-6 => $"{Bound.Number(seconds * 1e9)} ns",
        < 1e-3 => $"{Bound.Number(seconds * 1e6)} us",
        < 1 => $"{Bound.Number(seconds * 1e3)} ms",
        _ => $"{Bound.Number(seconds)} s",
    };

    private static Measurement Ratio(Effort effort, Timed ours, Timed baseline, Func<double, double, double> ratio)
    {
        List<double> a = [], b = [], ratios = [];
        ours();
        baseline();
        var clock = Stopwatch.StartNew();
        while (More(effort, ratios.Count, clock))
        {
            if (ratios.Count % 2 == 0) a.Add(ours());
            b.Add(baseline());
            if (ratios.Count % 2 != 0) a.Add(ours());
            ratios.Add(ratio(a[^1], b[^1]));
        }

        return Measurement.Of(
            Spread.Of(CollectionsMarshal.AsSpan(ratios)),
            $"{Text(Median(a))} : {Text(Median(b))}, {ratios.Count} rounds");
    }

    private static double Median(List<double> samples) => Spread.Of(CollectionsMarshal.AsSpan(samples)).Median;

    private static bool More(Effort effort, int rounds, Stopwatch clock) =>
        rounds < effort.LeastRounds || (rounds < effort.MostRounds && clock.Elapsed.TotalSeconds < effort.RowSeconds);
}
