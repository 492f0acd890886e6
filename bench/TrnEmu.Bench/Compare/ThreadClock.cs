using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TrnEmu.Bench.Compare;

/// <summary>
/// CPU time of the calling thread: what one thread works, whatever else the machine does meanwhile. Where the system
/// does not tell, wall time.
/// </summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    public static double Seconds
    {
        get
        {
            if (!OperatingSystem.IsLinux()) return Wall;
            _ = GetTime(ThreadCpuTime, out var time);
            return time.Seconds + time.Nanoseconds * 1e-9;
        }
    }

    public static double Wall => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Timespec time);

    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
