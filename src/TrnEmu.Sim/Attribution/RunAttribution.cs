using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Attribution;

/// <summary>
/// Why a run took as long as it did, found after the time pass from what it recorded: the critical path, the slack of
/// every instruction, and what each engine waited for.
/// </summary>
public sealed class RunAttribution
{
    private RunAttribution(PricedStream prices, Recording recording, long elapsed)
    {
        var signals = new SignalTable(prices, recording);
        var causes = new EngineCauses(prices, recording, signals);
        var dma = new DmaOrder(prices, recording);
        CriticalPath = Attribution.CriticalPath.Of(prices, recording, signals, causes, dma, elapsed);
        Stalls = StallBreakdown.Of(prices.Stream, recording, signals, causes);
        var slack = Attribution.Slack.Of(prices, recording, signals, causes, elapsed);
        (Slack, EndSlack) = (slack.Start, slack.End);
    }

    /// <summary>
    /// Engine instructions, transfers and shares up to which runs are recorded unless asked otherwise.
    /// </summary>
    public const long DefaultLimit = 4_000_000;

    /// <summary>
    /// From time 0 to the last effect: each stretch begins when the one before it ends, and what it is spent on could
    /// not have begun earlier for want of that.
    /// </summary>
    public IReadOnlyList<PathSegment> CriticalPath { get; }

    /// <summary>Waiting, by engine and by what ended it; longest first.</summary>
    public IReadOnlyList<Stall> Stalls { get; }

    /// <summary>
    /// How much later each engine instruction of the stream could start without the end moving; 0 where the critical
    /// path passes its start. DMA engines, generators and semaphores keep the order in which they were used.
    /// </summary>
    public ReadOnlyMemory<long> Slack { get; }

    /// <summary>How much later its effect could be there, its engine being freed as it was.</summary>
    public ReadOnlyMemory<long> EndSlack { get; }

    /// <summary>Explains a run.</summary>
    /// <param name="prices">What was timed.</param>
    /// <param name="timeline">Its times, recorded (<see cref="TimeOptions.RecordInstructions"/>).</param>
    public static RunAttribution Of(PricedStream prices, Timeline timeline) => new(
        prices, timeline.Recording ?? throw new ArgumentException("The run was not recorded.", nameof(timeline)),
        timeline.Elapsed);

    /// <summary>
    /// The nodes of a run, not only those of its critical path, whose start no rule explains: none, unless the time
    /// pass has a rule that attribution lacks.
    /// </summary>
    internal static int[] Unexplained(PricedStream prices, Timeline timeline)
    {
        var recording = timeline.Recording!;
        var signals = new SignalTable(prices, recording);
        var causes = new EngineCauses(prices, recording, signals);
        var dma = new DmaOrder(prices, recording);
        return
        [
            .. recording.Order.ToArray()
                .Where(n => !Attribution.CriticalPath.Explains(prices, recording, signals, causes, dma, n)),
        ];
    }
}
