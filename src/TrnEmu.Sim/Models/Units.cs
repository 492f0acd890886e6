using TrnEmu.Core.Chips;

namespace TrnEmu.Sim.Models;

/// <summary>
/// Time is a whole number of picoseconds in 64 bits: sums are exact, do not depend on order, and reach 106 days.
/// </summary>
public static class Units
{
    /// <summary>Picoseconds in a nanosecond.</summary>
    public const double PicosecondsPerNanosecond = 1e3;

    private const double PicosecondsPerMicrosecond = 1e6;

    /// <summary>A time of a chip file, rounded to picoseconds.</summary>
    public static long Picoseconds(double nanoseconds) => (long)Math.Round(nanoseconds * PicosecondsPerNanosecond);

    /// <summary>Cycles of a clock, in nanoseconds.</summary>
    public static double Nanoseconds(double cycles, Quantity clockGhz) => cycles / clockGhz.Value;

    /// <summary>For reports.</summary>
    public static double Microseconds(long picoseconds) => picoseconds / PicosecondsPerMicrosecond;

    /// <summary>The less certain of two.</summary>
    public static Basis Worse(Basis a, Basis b) => a > b ? a : b;
}
