using System.Runtime.CompilerServices;

namespace TrnEmu.Bench.Compare;

/// <summary>Runs something once, or often enough to be measured, and gives the seconds of one run.</summary>
internal delegate double Timed();

/// <summary>
/// Work of this process as samples. Code that keeps 64-byte vectors on its stack takes up to 2.6 times as long where the
/// stack happens to lie across cache lines, which differs from process to process; so short work is tried at each of the
/// places that a stack may have in a line, ours and the baseline's, and measured at its best.
/// </summary>
internal static unsafe class Sampling
{
    private const int StackStep = 16, CacheLine = 64, Trials = 3;

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
        if (count == 1) return () => Time(work, 1, clock);
        var place = BestPlace(work, count, clock);
        return () => At(place, work, count, clock);
    }

    private static int BestPlace(Action work, int count, Func<double> clock)
    {
        var (best, least) = (0, double.MaxValue);
        for (var place = 0; place < CacheLine; place += StackStep)
        {
            for (var trial = 0; trial < Trials; trial++)
            {
                var seconds = At(place, work, count, clock);
                if (seconds < least) (best, least) = (place, seconds);
            }
        }

        return best;
    }

    /// <summary>With the stack at that byte of a cache line, up to what this method's own frame adds.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double At(int place, Action work, int count, Func<double> clock)
    {
        var here = 0;
        var room = (int)(((nint)(&here) - place) & (CacheLine - 1)) / StackStep * StackStep;
        Span<byte> unused = stackalloc byte[room];
        var seconds = Time(work, count, clock);
        unused.Clear();
        return seconds;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Time(Action work, int count, Func<double> clock)
    {
        var start = clock();
        for (var i = 0; i < count; i++) work();
        return (clock() - start) / count;
    }
}
