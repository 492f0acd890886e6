using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Attribution;

/// <summary>Finds what bounded the start of an engine instruction, by equality of times.</summary>
internal sealed class EngineCauses(PricedStream prices, Recording recording, SignalTable signals)
{
    /// <summary>Products in parts of the array that can be going on at once.</summary>
    private const int MostProducts = 16;

    private readonly FlatStream _stream = prices.Stream;
    private readonly bool _hasParts = Array.Exists(prices.Stream.Works, w => w.Instruction.Cells != 0);

    /// <summary>Who let go of what others waited for.</summary>
    public PortOrder Ports { get; } = new(prices, recording);

    /// <summary>True when products may take parts of the array.</summary>
    public bool HasParts => _hasParts;

    /// <summary>
    /// What an instruction waited for at last; the engine itself where a semaphore became free at the same time.
    /// </summary>
    public Cause OfStart(int i)
    {
        var start = recording.Start[i];
        var first = FirstOfLane(i);
        var isLoad = IsLoad(i);
        var (load, moves) = (-1, 0);
        for (var before = i - 1; before >= first; before--)
        {
            if (isLoad && IsMove(before))
            {
                if (recording.Start[before] == start) return new Cause(CauseKind.Start, before);
                break;
            }

            // A load is hidden behind the product before it where both end together.
            if (recording.Free[before] == start && (isLoad || !IsLoad(before)))
                return new Cause(CauseKind.Free, before);
            if (recording.Free[before] == start && load < 0) load = before;

            // What is no load leaves the engine accounted for up to its own end; a load, or a product in a part of the
            // array, may end before that.
            var mayGoOn = IsLoad(before) || (_hasParts && IsMove(before) && ++moves < MostProducts);
            if (isLoad || !mayGoOn) break;
        }

        if (load >= 0) return new Cause(CauseKind.Free, load);
        var wait = WaitSeenAt(i, start);
        if (wait < 0 && Ports.HolderBefore(i, LaneOf(i) / FlatStream.LanesPerCore) is >= 0 and var holder)
            return new Cause(CauseKind.Port, holder);
        return wait >= 0 ? OfWait(wait)
            : start == 0 ? new Cause(CauseKind.Begin, -1)
            : new Cause(CauseKind.Unexplained, -1);
    }

    /// <summary>
    /// The wait that a stationary load's latency counts from, when that decides when it is loaded; it can be that of an
    /// instruction before it. Begin when there was none, null when its own start decides.
    /// </summary>
    public Cause? OfLoaded(int i)
    {
        var dispatched = recording.Free[i] - prices.Instructions[i].Latency;
        if (!IsLoad(i) || recording.Free[i] == recording.Start[i] + prices.Instructions[i].Occupancy) return null;
        for (var before = i; before >= FirstOfLane(i); before--)
        {
            if (WaitSeenAt(before, dispatched) is >= 0 and var wait) return OfWait(wait);
        }

        return dispatched == 0 ? new Cause(CauseKind.Begin, -1) : new Cause(CauseKind.Unexplained, -1);
    }

    public bool IsLoad(int i) => (_stream.Kinds[i] & StepKind.Load) != 0;

    public bool IsMove(int i) => (_stream.Kinds[i] & StepKind.Move) != 0;

    /// <summary>When the effect of an instruction is there, whatever those before it do.</summary>
    public long OwnEnd(int i) =>
        IsLoad(i) ? recording.Free[i] : recording.Free[i] + prices.Instructions[i].Latency - prices.Instructions[i].Occupancy;

    /// <summary>For how long an instruction holds its engine before its own work, to load a function table.</summary>
    public long TableLoad(int i)
    {
        var instruction = _stream.InstructionAt(i);
        if (instruction.Table == 0) return 0;
        var loaded = prices.Model.Instruction(FlatStream.EngineOf(LaneOf(i)), instruction, instruction.Table);
        return Math.Max(0, prices.Instructions[i].Occupancy - loaded.Occupancy);
    }

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

    private Cause OfWait(int wait) => _stream.OwnProducer[wait] is >= 0 and var own
        ? new Cause(CauseKind.Own, own) : new Cause(CauseKind.Signal, signals.OfWait[wait]);

    private int WaitSeenAt(int i, long time)
    {
        for (var w = _stream.FirstWait(i); w < _stream.WaitEnd[i]; w++)
        {
            if (signals.OfWait[w] >= 0 && signals.SeenBy(w, i) == time) return w;
        }

        return -1;
    }
}
