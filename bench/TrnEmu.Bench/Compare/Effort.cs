namespace TrnEmu.Bench.Compare;

/// <summary>How long a row is measured.</summary>
/// <param name="SampleSeconds">A sample repeats short work for at least as long.</param>
/// <param name="RowSeconds">Samples are taken for as long,</param>
/// <param name="LeastRounds">but at least so many of each side,</param>
/// <param name="MostRounds">and no more than so many.</param>
internal sealed record Effort(double SampleSeconds, double RowSeconds, int LeastRounds, int MostRounds)
{
    /// <summary>For figures to quote.</summary>
    public static Effort Full { get; } = new(0.004, 1.5, 9, 200);

    /// <summary>For a check that nothing has become twice as slow.</summary>
    public static Effort Quick { get; } = new(0.001, 0.1, 3, 20);

    public bool IsQuick => ReferenceEquals(this, Quick);
}
