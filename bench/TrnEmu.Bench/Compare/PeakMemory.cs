using System.Diagnostics;
using System.Globalization;

namespace TrnEmu.Bench.Compare;

/// <summary>The most memory that this process has held at once.</summary>
internal static class PeakMemory
{
    private const string Status = "/proc/self/status", Peak = "VmHWM:";
    private const double Megabyte = 1e6, Kibibyte = 1024;

    public static double Megabytes
    {
        get
        {
            if (!File.Exists(Status)) return Process.GetCurrentProcess().PeakWorkingSet64 / Megabyte;
            var line = File.ReadLines(Status).First(l => l.StartsWith(Peak, StringComparison.Ordinal));
            return double.Parse(line[Peak.Length..^2], CultureInfo.InvariantCulture) * Kibibyte / Megabyte;
        }
    }
}
