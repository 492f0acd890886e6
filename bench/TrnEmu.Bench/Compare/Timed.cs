namespace TrnEmu.Bench.Compare;

/// <summary>Runs something once, or often enough to be measured, and gives the seconds of one run.</summary>
internal delegate double Timed();

/// <summary>Work of this process as samples.</summary>
internal static class Sampling
{
    /// <summary>CPU time of this thread.</summary>
    public static Timed Cpu(Effort effort, Action work) => Of(effort, work, static () => ThreadClock.Seconds);

    /// <summary>Wall time: for several threads and for what is asked in seconds.</summary>
    public static Timed Wall(Effort effort, Action work) => Of(effort, work, static () => ThreadClock.Wall);

    /// <summary>Warmed up; a sample repeats the work for about as long as the effort says.</summary>
    private static Timed Of(Effort effort, Action work, Func<double> clock)
    {
        work();
        var once = Time(work, 1, clock);
        var count = Math.Clamp((int)(effort.SampleSeconds / Math.Max(once, 1e-8)), 1, 100_000);
        return () => Time(work, count, clock);
    }

    private static double Time(Action work, int count, Func<double> clock)
    {
        var start = clock();
        for (var i = 0; i < count; i++) work();
        return (clock() - start) / count;
    }
}
