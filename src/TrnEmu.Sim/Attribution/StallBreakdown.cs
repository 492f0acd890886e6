using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Sim.Attribution;

/// <summary>
/// Splits the time for which engines stalled by who ended the wait. An instruction's waits are taken in their order, as
/// the engine takes them: each counts from when the one before it held.
/// </summary>
internal sealed class StallBreakdown(FlatStream stream, Recording recording, SignalTable signals, EngineCauses causes)
{
    private readonly Dictionary<StallKey, (long Time, int Count)> _sums = [];

    /// <summary>All of them, longest first.</summary>
    public static Stall[] Of(FlatStream stream, Recording recording, SignalTable signals, EngineCauses causes)
    {
        var breakdown = new StallBreakdown(stream, recording, signals, causes);
        for (var lane = 0; lane < stream.LaneBase.Length - 1; lane++) breakdown.AddLane(lane);
        return [.. breakdown._sums.Select(s => new Stall(s.Key, s.Value.Time, s.Value.Count))
            .OrderByDescending(s => s.Time)];
    }

    private void AddLane(int lane)
    {
        long frontier = 0;
        for (var i = stream.LaneBase[lane]; i < stream.LaneBase[lane + 1]; i++)
        {
            for (var w = i == 0 ? 0 : stream.WaitEnd[i - 1]; w < stream.WaitEnd[i]; w++)
            {
                var seen = signals.SeenBy(w, i);
                if (seen <= frontier) continue;
                Add(KeyOf(lane, w), seen - frontier);
                frontier = seen;
            }

            if (recording.Start[i] > frontier
                && causes.Ports.HolderBefore(i, lane / FlatStream.LanesPerCore) is >= 0 and var holder)
                Add(KeyOf(lane, causes.LaneOf(holder), stream.EntryOf[holder], semaphore: null),
                    recording.Start[i] - frontier);
            frontier = Math.Max(frontier, recording.Free[i]);
        }
    }

    private void Add(in StallKey key, long time)
    {
        var (sum, count) = _sums.GetValueOrDefault(key);
        _sums[key] = (sum + time, count + 1);
    }

    private StallKey KeyOf(int lane, int wait)
    {
        var source = signals.SourceOf(signals.OfWait[wait]);
        var semaphore = stream.Semaphores[stream.WaitSemaphore[wait]];
        if (source < recording.Instructions)
            return KeyOf(lane, causes.LaneOf(source), stream.EntryOf[source], semaphore);
        ref readonly var transfer = ref stream.Transfers[(source - recording.FirstShare) / Limits.DmaEngines];
        var operation = stream.EntryAt(transfer.Core, transfer.Entry).Operation;
        return new StallKey(
            lane / FlatStream.LanesPerCore, FlatStream.EngineOf(lane), Engine.None, stream.QueueNumbers[transfer.Queue],
            semaphore, operation.Info.Name, operation.Span with { Node = 0 });
    }

    private StallKey KeyOf(int lane, int producer, int entry, Semaphore? semaphore)
    {
        var operation = stream.EntryAt(producer / FlatStream.LanesPerCore, entry).Operation;
        return new StallKey(
            lane / FlatStream.LanesPerCore, FlatStream.EngineOf(lane), FlatStream.EngineOf(producer), -1, semaphore,
            operation.Info.Name, operation.Span with { Node = 0 });
    }
}
