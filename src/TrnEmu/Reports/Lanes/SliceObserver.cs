using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Sim;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Reports.Lanes;

/// <summary>Makes slices of what the time pass tells; keeps no more than the transfers that are under way.</summary>
/// <param name="stream">What is timed.</param>
/// <param name="sink">Takes the slices.</param>
internal sealed class SliceObserver(FlatStream stream, ISliceSink sink) : ITimeObserver
{
    private readonly Dictionary<Lane, List<long>> _rows = [];
    private readonly Dictionary<int, Moving> _moving = [];

    /// <inheritdoc/>
    public void OnInstruction(int core, Engine engine, int entry, int instruction, long start, long free, long end)
    {
        var kind = stream.InstructionAt(instruction).Class == CostClass.LoadStationary ? LaneKind.Loads : LaneKind.Engine;
        var lane = new Lane(core, kind, (int)engine);
        sink.OnSlice(new Slice(lane, RowOf(lane, start, free), entry, instruction, start, free, end));
    }

    /// <inheritdoc/>
    public void OnStall(int core, Engine engine, int entry, Engine cause, long start, long end)
    {
        var lane = new Lane(core, LaneKind.Engine, (int)engine);
        sink.OnSlice(new Slice(lane, RowOf(lane, start, end), entry, -1, start, end, end) { IsWait = true, Cause = cause });
    }

    /// <inheritdoc/>
    public void OnShare(int core, int dmaEngine, int queue, int entry, long bytes, long start, long free, long end)
    {
        sink.OnShare(core, entry, bytes, start, free);
        _moving.TryGetValue(entry, out var moving);
        moving = moving.With(bytes, start, end);
        if (moving.Shares < Limits.DmaEngines)
        {
            _moving[entry] = moving;
            return;
        }

        _moving.Remove(entry);
        var lane = new Lane(core, LaneKind.Queue, queue);
        var row = RowOf(lane, moving.Start, moving.End);
        sink.OnSlice(new Slice(lane, row, entry, -1, moving.Start, moving.End, moving.End) { Bytes = moving.Bytes });
    }

    /// <summary>The first row that is free by then.</summary>
    private int RowOf(Lane lane, long start, long end)
    {
        if (!_rows.TryGetValue(lane, out var ends)) _rows.Add(lane, ends = []);
        for (var row = 0; row < ends.Count; row++)
        {
            if (ends[row] > start) continue;
            ends[row] = end;
            return row;
        }

        ends.Add(end);
        return ends.Count - 1;
    }

    /// <summary>A transfer of which some shares have been started; a share of no bytes is only a semaphore's.</summary>
    private readonly record struct Moving(int Shares, long Bytes, long Start, long End)
    {
        public Moving With(long bytes, long start, long end)
        {
            var isFirst = Bytes == 0 && (bytes > 0 || Shares == 0);
            return new Moving(Shares + 1, Bytes + bytes, isFirst ? start : bytes > 0 ? Math.Min(Start, start) : Start, Math.Max(End, end));
        }
    }
}
