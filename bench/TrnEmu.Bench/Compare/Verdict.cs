namespace TrnEmu.Bench.Compare;

/// <summary>What a row's figure says.</summary>
internal enum Verdict
{
    Reached,
    Missed,

    /// <summary>Not even half of what is asked.</summary>
    FarOff,
    NotMeasured,

    /// <summary>Measuring it ended in an error.</summary>
    Failed,
}

internal static class Verdicts
{
    public static Verdict Of(Bound bound, Measurement measurement) => measurement switch
    {
        Measured m when bound.IsReached(m.Spread.Median) => Verdict.Reached,
        Measured m when bound.IsNear(m.Spread.Median) => Verdict.Missed,
        Measured => Verdict.FarOff,
        Failed => Verdict.Failed,
        _ => Verdict.NotMeasured,
    };

    public static string Text(Verdict verdict) => verdict switch
    {
        Verdict.Reached => "reached",
        Verdict.Missed => "missed",
        Verdict.FarOff => "missed by half",
        Verdict.Failed => "failed",
        _ => "not measured",
    };
}
