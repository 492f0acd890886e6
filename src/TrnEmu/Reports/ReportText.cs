using System.Globalization;

namespace TrnEmu.Reports;

/// <summary>Numbers as the reports write them, the same in every culture.</summary>
internal static class ReportText
{
    private const double PicosecondsPerNanosecond = 1e3;

    /// <summary>A time with three or four digits: ns, us, ms, s.</summary>
    public static string Time(double picoseconds) => picoseconds switch
    {
        >= 1e12 => Format(picoseconds / 1e12, "0.000", "s"),
        >= 1e9 => Format(picoseconds / 1e9, "0.000", "ms"),
        >= 1e8 => Format(picoseconds / 1e6, "0.0", "us"),
        >= 1e6 => Format(picoseconds / 1e6, "0.00", "us"),
        _ => Format(picoseconds / PicosecondsPerNanosecond, "0", "ns"),
    };

    /// <summary>Bytes in the largest unit that leaves a whole part.</summary>
    public static string Bytes(double bytes) => bytes switch
    {
        >= 1L << 30 => Format(bytes / (1L << 30), "0.#", "GiB"),
        >= 1 << 20 => Format(bytes / (1 << 20), "0.#", "MiB"),
        >= 1 << 10 => Format(bytes / (1 << 10), "0.#", "KiB"),
        _ => Format(bytes, "0", "B"),
    };

    /// <summary>A share in percents: whole ones, but where they would say all or nothing.</summary>
    public static string Percent(double share) =>
        Format(share * 100, share is > 0 and < 0.0095 or > 0.995 and < 1 ? "0.0" : "0", "%");

    /// <summary>A count with commas.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Format(double value, string format, string unit) =>
        value.ToString(format, CultureInfo.InvariantCulture) + " " + unit;
}
