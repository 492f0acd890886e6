using System.Diagnostics;

namespace TrnEmu;

/// <summary>Adds up where the host's time goes.</summary>
internal sealed class HostClock
{
    private readonly Stopwatch _all = Stopwatch.StartNew();
    private readonly Stopwatch _compile = new();
    private readonly Stopwatch _function = new();
    private readonly Stopwatch _timing = new();

    /// <summary>So far.</summary>
    public HostStatistics Statistics => new(
        _compile.Elapsed.TotalSeconds, _function.Elapsed.TotalSeconds, _timing.Elapsed.TotalSeconds,
        _all.Elapsed.TotalSeconds, Process.GetCurrentProcess().PeakWorkingSet64 / 1e6);

    /// <summary>Counts as reading and compiling.</summary>
    public T Compile<T>(Func<T> work) => Measure(_compile, work);

    /// <summary>Counts as the time pass.</summary>
    public T Time<T>(Func<T> work) => Measure(_timing, work);

    /// <summary>Counts as the function pass.</summary>
    public T Function<T>(Func<T> work) => Measure(_function, work);

    /// <summary>Counts as the function pass.</summary>
    public void Function(Action work) => Measure(_function, () =>
    {
        work();
        return 0;
    });

    private static T Measure<T>(Stopwatch watch, Func<T> work)
    {
        watch.Start();
        try
        {
            return work();
        }
        finally
        {
            watch.Stop();
        }
    }
}
