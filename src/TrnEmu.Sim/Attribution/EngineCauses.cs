using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Attribution;

/// <summary>Finds what bounded the start of an engine instruction, by equality of times.</summary>
internal sealed class EngineCauses(PricedStream prices, Recording recording, SignalTable signals)
{
    private readonly FlatStream _stream = prices.Stream;

    /// <summary>
    /// What an instruction waited for at last; the engine itself where a semaphore became free at the same time.
    /// </summary>
    public Cause OfStart(int i)
    {
        var start = recording.Start[i];
        var first = FirstOfLane(i);
        var isLoad = IsLoad(i);
        for (var before = i - 1; before >= first; before--)
        {
            if (isLoad && IsMove(before))
            {
                if (recording.Start[before] == start) return new Cause(CauseKind.Start, before);
                break;
            }

            if (recording.Free[before] == start) return new Cause(CauseKind.Free, before);

            // What is no load leaves the engine accounted for up to its own end; a load may end before that.
            if (isLoad || !IsLoad(before)) break;
        }

        var signal = WaitSeenAt(i, start);
        return signal >= 0 ? new Cause(CauseKind.Signal, signal)
            : start == 0 ? new Cause(CauseKind.Begin, -1)
            : new Cause(CauseKind.Unexplained, -1);
    }

    /// <summary>
    /// The wait that a stationary load's latency counts from, when that decides when it is loaded; it can be that of an
    /// instruction before it. Begin when there was none, null when its own start decides.
    /// </summary>
    public Cause? OfLoaded(int i)
    {
        var dispatched = recording.Free[i] - prices.Latency[i];
        if (!IsLoad(i) || recording.Free[i] == recording.Start[i] + prices.Occupancy[i]) return null;
        for (var before = i; before >= FirstOfLane(i); before--)
        {
            if (WaitSeenAt(before, dispatched) is >= 0 and var signal) return new Cause(CauseKind.Signal, signal);
        }

        return dispatched == 0 ? new Cause(CauseKind.Begin, -1) : new Cause(CauseKind.Unexplained, -1);
    }

    public bool IsLoad(int i) => (_stream.Kinds[i] & StepKind.Load) != 0;

    public bool IsMove(int i) => (_stream.Kinds[i] & StepKind.Move) != 0;

    /// <summary>When the effect of an instruction is there, whatever those before it do.</summary>
    public long OwnEnd(int i) =>
        IsLoad(i) ? recording.Free[i] : recording.Free[i] + prices.Latency[i] - prices.Occupancy[i];

    public int FirstOfLane(int i) => _stream.LaneBase[LaneOf(i)];

    public int LaneOf(int i)
    {
        var (low, high) = (0, _stream.LaneBase.Length - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (_stream.LaneBase[middle] <= i) low = middle;
            else high = middle;
        }

        return low;
    }

    private int WaitSeenAt(int i, long time)
    {
        for (var w = i == 0 ? 0 : _stream.WaitEnd[i - 1]; w < _stream.WaitEnd[i]; w++)
        {
            if (signals.OfWait[w] is >= 0 and var signal && signals.SeenAt(signal) == time) return signal;
        }

        return -1;
    }
}
