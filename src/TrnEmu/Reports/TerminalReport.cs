using System.Globalization;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Sim;
using TrnEmu.Sim.Models;

namespace TrnEmu.Reports;

/// <summary>
/// The result of a run for people: the answer first, then where the time went, then what it rests on.
/// </summary>
public static class TerminalReport
{
    private const int BarWidth = 30;

    /// <summary>Part of the time after an engine's last instruction from which it is told.</summary>
    private const double Noticeable = 0.01;

    /// <summary>Part of a time on assumptions from which a report says so in words.</summary>
    private const double MostlyAssumed = 0.5;

    /// <summary>Writes the report; with colours and the terminal's width when the writer is the terminal.</summary>
    public static void Write(TextWriter writer, RunResult result)
    {
        var console = new ReportWriter(writer);
        WriteAnswer(console, result);
        if (result.Timeline is { } timeline)
        {
            var metrics = new RunMetrics(result, timeline);
            WriteTime(console, result, metrics);
            for (var core = 0; core < timeline.Cores.Count; core++)
                WriteEngines(console, new RunMetrics(result, timeline, core), timeline.Cores.Count > 1 ? core : null);
            AttributionReport.Write(console, result, result.Timed!);
            NodeTable.Write(console, result);
            WriteMemory(console, result, metrics);
            WriteBasis(console, result, metrics);
        }

        WriteHost(console, result);
    }

    private static void WriteAnswer(ReportWriter console, RunResult result)
    {
        Line(console, $"{result.Target} on {result.Chip.Name} ({result.Chip.Title})");
        foreach (var (key, value) in result.WhatIf) Line(console, $"  what if {key} = {value}");
        foreach (var output in result.Outputs)
            Line(console, $"  {output.Name} : {OutputType(output)}  sha256 {output.Sha256[..16]}");
        if (result.Generation is { } generation)
        {
            foreach (var line in GenerationReport.Lines(generation)) console.Line(line);
        }

        if (result.Check is not { } check) return;
        var bound = string.Create(CultureInfo.InvariantCulture, $"largest error {check.MaxRelativeError:0.0e+0} of the largest value, bound {check.Tolerance:0.0e+0}");
        if (check.Passed) console.Line(("  ", Tint.None), ("equal to the fp64 reference", Tint.Green), ($": {bound}", Tint.None));
        else console.Line(("  ", Tint.None), ("not equal to the fp64 reference", Tint.Red), ($": {check.FirstWrong}; {bound}", Tint.None));
    }

    private static string OutputType(Data.TensorData output) =>
        $"{Core.Numerics.DTypes.Name(output.DType)}[{string.Join(',', output.Shape)}]";

    private static void WriteTime(ReportWriter console, RunResult result, RunMetrics m)
    {
        Line(console, $"");
        Line(console, $"time {Time(m.Timeline.TimeUs)}   ({Time(m.Timeline.TimeWithRuntimeUs)} as a profiler on the chip would print it, with the runtime's start and end)");
        if (m.Mfu is { } mfu)
            Line(console, $"MFU  {Percent(mfu)}   of the {Peak(result.Chip, m)} that the array can do is arithmetic that the task needs (HFU {Percent(m.Hfu)}: all that it did)");
        var names = string.Join(", ", m.InstructionsByName.Take(6).Select(n => $"{n.Count} {n.Name}"));
        Line(console, $"{OfCore(result)}{m.OperationCount} operations ({names}), {m.EngineInstructions} engine instructions");
    }

    private static void WriteEngines(ReportWriter console, RunMetrics m, int? core)
    {
        Line(console, $"");
        if (core is { } number) Line(console, $"core {number}");
        foreach (var engine in m.Core.Engines) WriteBar(console, engine.Engine.Title(), m.Utilization(engine.Busy), Waits(m, engine));
        var active = Percent(m.Utilization(m.Core.Dma.Active));
        WriteBar(console, "DMA", m.DmaUtilization, Invariant($"{m.Core.Dma.Transfers} transfers, under way {active} of the time"));
    }

    private static void WriteBar(ReportWriter console, string name, double share, string remark)
    {
        var filled = (int)Math.Round(Math.Clamp(share, 0, 1) * BarWidth);
        var (bar, rest) = (new string('#', filled), new string('.', BarWidth - filled));
        console.Line(
            ($"{name,-6} ", Tint.None), (bar, Tint.Blue), (rest, Tint.Grey), ($" {Percent(share),6}  {remark}".TrimEnd(), Tint.None));
    }

    private static string Waits(RunMetrics m, EngineTimes engine)
    {
        if (m.Operations(engine.Engine) == 0) return "";
        var waits = engine.Stalls.Select((stall, cause) => (Stall: stall, Cause: (Engine)cause)).Where(w => w.Stall > 0)
            .OrderByDescending(w => w.Stall)
            .Select(w => $"{(w.Cause == Engine.None ? "DMA" : w.Cause.Title())} {Percent(m.Utilization(w.Stall))}").ToArray();
        var text = waits.Length == 0 ? "never waits" : "waits for " + string.Join(", ", waits);
        var tail = m.Utilization(engine.IdleTail);
        return tail < Noticeable ? text : $"{text}; nothing left to do {Percent(tail)}";
    }

    private static void WriteMemory(ReportWriter console, RunResult result, RunMetrics m)
    {
        var (peaks, chip) = (result.Peaks, result.Chip);
        Line(console, $"");
        if (result.Executed.Cores.Count > 1) Line(console, $"Of core 0 alone:");
        Line(console, $"SBUF {Bytes(peaks.SbufBytesPerPartition)} of {Bytes((long)chip.SbufBytesPerPartition.Value)} in each of {Limits.Partitions} partitions at most; PSUM {peaks.PsumBanks} of {chip.PsumBanks.Value:0} banks; HBM {Bytes(peaks.HbmBytes)}");
        if (result.Spills is { Tensors: > 0 } s)
            Line(console, $"SBUF is too small: {s.Tensors} tensors go to HBM and back, {s.Stores} stores and {s.Loads} loads of {Bytes(s.Bytes)} in all (`trnemu help TRN4004`)");
        Line(console, $"HBM read {Bytes(m.Core.Dma.HbmBytesRead)}, written {Bytes(m.Core.Dma.HbmBytesWritten)}: {m.HbmGbPerS:0.0} GB/s, {Percent(m.HbmUtilization)} of the chip's");
        var (sbuf, psum) = (Traffic.Of(result.Executed, MemorySpace.Sbuf), Traffic.Of(result.Executed, MemorySpace.Psum));
        Line(console, $"SBUF read {Bytes(sbuf.Read)}, written {Bytes(sbuf.Written)}; PSUM read {Bytes(psum.Read)}, written {Bytes(psum.Written)}");
    }

    private static void WriteBasis(ReportWriter console, RunResult result, RunMetrics m)
    {
        var parts = Enum.GetValues<Basis>().Select(b => $"{Percent(m.Timeline.Basis.Share(b))} {b.ToString().ToLowerInvariant()}");
        Line(console, $"");
        Line(console, $"What the time rests on: {string.Join(", ", parts)} (`trnemu chips {result.Chip.Name}`)");
        var assumed = m.Timeline.Basis.Share(Basis.Assumed);
        if (assumed < MostlyAssumed) return;
        if (assumed >= 1)
        {
            Line(console, $"All of it is assumed: no chip was seen to take these times.");
            return;
        }

        Line(console, $"Little of it was measured on {result.Chip.Name}: documents, and what was measured on chips before it. Trust ratios more than times.");
    }

    private static void WriteHost(ReportWriter console, RunResult result)
    {
        var h = result.Host;
        var rest = h.WallSeconds - h.CompileSeconds - h.FunctionSeconds - h.TimingSeconds;
        Line(console, $"Host: {h.WallSeconds:0.00} s (compile {h.CompileSeconds:0.00}, function {h.FunctionSeconds:0.00}, timing {h.TimingSeconds:0.00}, inputs and reference {rest:0.00}), {h.PeakMemoryMegabytes:0} MB");
    }

    /// <summary>Whose figures follow where there are several cores.</summary>
    private static string OfCore(RunResult result) => result.Executed.Cores.Count > 1 ? "core 0: " : "";

    private static void Line(ReportWriter console, FormattableString text) => console.Line(Invariant(text));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0}%");

    private static string Time(double us) => us switch
    {
        >= 1e6 => Invariant($"{us / 1e6:0.000} s"),
        >= 1e3 => Invariant($"{us / 1e3:0.000} ms"),
        >= 1 => Invariant($"{us:0.00} us"),
        _ => Invariant($"{us * 1e3:0} ns"),
    };

    private static string Bytes(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GiB"),
        >= 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.0} MiB"),
        >= 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 10):0.0} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
    };

    private static string Peak(Chip chip, RunMetrics m)
    {
        var (peak, half) = (m.ArrayPeakTflops, ArrayUse.PeakTflops(chip));
        var dtypes = Math.Abs(peak - half) < half / 1000 ? "bf16" : "its dtypes";
        return string.Create(CultureInfo.InvariantCulture, $"{peak:0.0} TFLOPS ({dtypes})");
    }
}
