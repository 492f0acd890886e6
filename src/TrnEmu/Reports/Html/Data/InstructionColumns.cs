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
        block.Add("move.op", Enumerable.Range(0, transfers.Length).Select(t => (long)stream.EntryOfTransfer(t)));
        block.Add("move.start", times.MoveStart);
        block.Add("move.length", times.MoveEnd.Zip(times.MoveStart, (end, start) => end - start));
        block.Add("move.bytes", times.MoveBytes);
        block.Add("move.rows", transfers.Select(t => (long)t.Rows));
        block.Add("move.row_bytes", transfers.Select(t => t.RowBytes));
        block.Add("move.runs", transfers.Select(t => (long)t.RunsPerRow));
        block.Add("move.hbm", transfers.Select(t => t.HbmReadOf(t.Rows * t.RowBytes) + t.HbmWrittenOf(t.Rows * t.RowBytes)));
    }

    private static void AddWaits(DataBlock block, List<WaitTime> waits)
    {
        var sorted = waits.OrderBy(w => w.Lane).ThenBy(w => w.Start).ToArray();
        block.Add("wait.lane", sorted.Select(w => (long)w.Lane));
        block.Add("wait.op", sorted.Select(w => (long)w.Entry));
        block.Add("wait.cause", sorted.Select(w => (long)w.Cause));
        block.Add("wait.start", sorted.Select(w => w.Start));
        block.Add("wait.length", sorted.Select(w => w.End - w.Start));
    }

    /// <summary>Of runs that are too large to follow there are none.</summary>
    private static void AddReasons(DataBlock block, TimedRun run)
    {
        if (run.Attribution is not { } attribution || run.Bindings() is not { } bindings) return;
        var critical = new long[bindings.Kinds.Length];
        foreach (var segment in attribution.CriticalPath) critical[NodeOf(run, segment)] = 1;
        block.Add("node.kind", bindings.Kinds.Select(k => (long)k));
        block.Add("node.source", bindings.Sources.Select((s, n) => s < 0 ? 0L : n - s));
        block.Add("node.critical", critical);
        block.Add("inst.slack", attribution.Slack.ToArray());
        block.Add("path.node", attribution.CriticalPath.Select(s => (long)NodeOf(run, s)));
        block.Add("path.kind", attribution.CriticalPath.Select(s => (long)s.Kind));
        block.Add("path.length", attribution.CriticalPath.Select(s => s.Time));
    }

    private static int NodeOf(TimedRun run, in Sim.Attribution.PathSegment segment) =>
        segment.Transfer >= 0 ? run.Stream.EngineInstructions + segment.Transfer : segment.Instruction;
}
