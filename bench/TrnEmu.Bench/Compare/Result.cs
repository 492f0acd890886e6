namespace TrnEmu.Bench.Compare;

/// <summary>A row with its figure, and the seconds that measuring it took.</summary>
internal sealed record Result(Row Row, Measurement Measurement, Verdict Verdict, double Seconds);
