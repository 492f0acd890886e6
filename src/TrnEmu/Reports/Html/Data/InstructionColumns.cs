using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Sim.Streams;

namespace TrnEmu.Reports.Html.Data;

/// <summary>Columns of engine instructions, transfers and waits, and of why each was when it was.</summary>
internal static class InstructionColumns
{
    /// <summary>Adds all of them.</summary>
    public static void Add(DataBlock block, TimedRun run, RunTimes times)
    {
        AddInstructions(block, run.Stream, times);
        AddTransfers(block, run.Stream, times);
        AddWaits(block, times.Waits);
        AddReasons(block, run);
    }

    private static void AddInstructions(DataBlock block, FlatStream stream, RunTimes times)
    {
        var n = stream.EngineInstructions;
        var (hold, late, kind, items, rows) = (new long[n], new long[n], new long[n], new long[n], new long[n]);
        for (var i = 0; i < n; i++)
        {
            var instruction = stream.InstructionAt(i);
            (hold[i], late[i]) = (times.Free[i] - times.Start[i], times.Done[i] - times.Free[i]);
            (kind[i], items[i], rows[i]) = ((long)instruction.Class, instruction.Items, instruction.Rows);
        }

        block.Add("inst.lane", times.Lane);
        block.Add("inst.op", times.Entry);
        block.Add("inst.start", times.Start);
        block.Add("inst.hold", hold);
        block.Add("inst.late", late);
        block.Add("inst.class", kind);
        block.Add("inst.items", items);
        block.Add("inst.rows", rows);
    }

    private static void AddTransfers(DataBlock block, FlatStream stream, RunTimes times)
    {
        var transfers = new DmaTransfer[stream.TransferCount];
        for (var t = 0; t < transfers.Length; t++) transfers[t] = stream.Transfer(t);
        block.Add("move.op", transfers.Length, t => stream.EntryOfTransfer(t));
        block.Add("move.start", times.MoveStart);
        block.Add("move.length", transfers.Length, t => times.MoveEnd[t] - times.MoveStart[t]);
        block.Add("move.bytes", times.MoveBytes);
        block.Add("move.rows", transfers.Length, t => transfers[t].Rows);
        block.Add("move.row_bytes", transfers.Length, t => transfers[t].RowBytes);
        block.Add("move.runs", transfers.Length, t => transfers[t].RunsPerRow);
        block.Add("move.hbm", transfers.Length, t => HbmOf(transfers[t]));
    }

    private static long HbmOf(in DmaTransfer t)
    {
        var bytes = t.Rows * t.RowBytes;
        return t.HbmReadOf(bytes) + t.HbmWrittenOf(bytes);
    }

    private static void AddWaits(DataBlock block, List<WaitTime> waits)
    {
        // No two waits of a lane begin together.
        waits.Sort((a, b) => a.Lane != b.Lane ? a.Lane.CompareTo(b.Lane) : a.Start.CompareTo(b.Start));
        block.Add("wait.lane", waits.Count, w => waits[w].Lane);
        block.Add("wait.op", waits.Count, w => waits[w].Entry);
        block.Add("wait.cause", waits.Count, w => (long)waits[w].Cause);
        block.Add("wait.start", waits.Count, w => waits[w].Start);
        block.Add("wait.length", waits.Count, w => waits[w].End - waits[w].Start);
    }

    /// <summary>Of runs that are too large to follow there are none.</summary>
    private static void AddReasons(DataBlock block, TimedRun run)
    {
        if (run.Attribution is not { } attribution || run.Bindings() is not { } bindings) return;
        var critical = new long[bindings.Kinds.Length];
        foreach (var segment in attribution.CriticalPath) critical[NodeOf(run, segment)] = 1;
        var (kinds, sources, path) = (bindings.Kinds, bindings.Sources, attribution.CriticalPath);
        block.Add("node.kind", kinds.Length, n => (long)kinds[n]);
        block.Add("node.source", kinds.Length, n => sources[n] < 0 ? 0 : n - sources[n]);
        block.Add("node.critical", critical);
        block.Add("inst.slack", attribution.Slack.ToArray());
        block.Add("path.node", path.Count, i => NodeOf(run, path[i]));
        block.Add("path.kind", path.Count, i => (long)path[i].Kind);
        block.Add("path.length", path.Count, i => path[i].Time);
    }

    private static int NodeOf(TimedRun run, in Sim.Attribution.PathSegment segment) =>
        segment.Transfer >= 0 ? run.Stream.EngineInstructions + segment.Transfer : segment.Instruction;
}
