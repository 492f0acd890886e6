using System.Globalization;

namespace TrnEmu.Bench.Compare;

/// <summary>What a row's value must be: at least or at most a limit.</summary>
/// <param name="Limit">The limit, in <paramref name="Unit"/>.</param>
/// <param name="IsLeast">Larger values are better.</param>
/// <param name="Unit">Behind numbers: x (a ratio), M/s, s, MB.</param>
internal sealed record Bound(double Limit, bool IsLeast, string Unit)
{
    /// <summary>A smoke run on a busy machine fails only beyond this factor.</summary>
    private const double Slack = 2;

    public static Bound AtLeast(double limit, string unit = "x") => new(limit, true, unit);

    public static Bound AtMost(double limit, string unit) => new(limit, false, unit);

    public bool IsReached(double value) => IsLeast ? value >= Limit : value <= Limit;

    /// <summary>Within half of what is asked.</summary>
    public bool IsNear(double value) => IsLeast ? value >= Limit / Slack : value <= Limit * Slack;

    public override string ToString() => $"{(IsLeast ? ">=" : "<=")} {Number(Limit)} {Unit}";

    /// <summary>Three digits that matter.</summary>
    public static string Number(double value)
    {
        var digits = value >= 100 ? "0" : value >= 10 ? "0.0" : value >= 0.1 ? "0.00" : "0.000";
        return value.ToString(digits, CultureInfo.InvariantCulture);
    }
}
