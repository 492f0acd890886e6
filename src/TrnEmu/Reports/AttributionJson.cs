using System.Text.Json;
using TrnEmu.Core.Isa;
using TrnEmu.Sim.Attribution;
using TrnEmu.Sim.Models;

namespace TrnEmu.Reports;

/// <summary>Critical path, stalls and roofline of a run as JSON; times in microseconds.</summary>
internal static class AttributionJson
{
    private const int MostSegments = 1000;
    private const int MostStalls = 200;

    /// <summary>Adds the fields to the object that is open.</summary>
    public static void Write(Utf8JsonWriter json, RunResult result, TimedRun run)
    {
        if (run.Attribution is { } attribution)
        {
            var path = new PathSummary(run, attribution);
            WritePath(json, path, attribution);
            WriteStalls(json, attribution);
            WriteHints(json, new Hints(path, result.Executed).Sentences());
        }
        else WriteHints(json, [AttributionReport.TooLarge(run)]);

        WriteRoofline(json, run);
    }

    private static void WriteHints(Utf8JsonWriter json, IEnumerable<string> hints)
    {
        json.WriteStartArray("hints");
        foreach (var hint in hints) json.WriteStringValue(hint);
        json.WriteEndArray();
    }

    private static void WritePath(Utf8JsonWriter json, PathSummary path, RunAttribution attribution)
    {
        json.WriteStartObject("critical_path");
        json.WriteStartObject("by_kind");
        foreach (var kind in path.Path.GroupBy(s => s.Kind).OrderByDescending(g => g.Sum(s => s.Time)))
            json.WriteNumber(kind.Key.Name(), Units.Microseconds(kind.Sum(s => s.Time)));
        json.WriteEndObject();
        json.WriteStartObject("by_operation");
        foreach (var operation in path.Path.GroupBy(s => s.Operation.Info.Name).OrderByDescending(g => g.Sum(s => s.Time)))
            json.WriteNumber(operation.Key, Units.Microseconds(operation.Sum(s => s.Time)));
        json.WriteEndObject();
        json.WriteStartArray("parts");
        foreach (var part in path.Parts)
        {
            json.WriteStartObject();
            json.WriteString("what", part.Key.Label);
            json.WriteNumber("time_us", Units.Microseconds(part.Time));
            json.WriteNumber("share", path.Share(part.Time));
            json.WriteNumber("count", part.Count);
            json.WriteString("where", part.Place);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteSlack(json, SlackSummary.Of(path.Run, attribution));
        WriteSegments(json, PathRun.Of(path.Path));
        json.WriteEndObject();
    }

    private static void WriteSlack(Utf8JsonWriter json, List<SlackSummary> engines)
    {
        json.WriteStartArray("slack");
        foreach (var engine in engines)
        {
            json.WriteStartObject();
            json.WriteNumber("core", engine.Core);
            json.WriteString("engine", engine.Engine.Name());
            json.WriteNumber("engine_instructions", engine.Instructions);
            json.WriteNumber("critical", engine.Critical);
            json.WriteNumber("near_critical", engine.Near);
            json.WriteNumber("median_us", Units.Microseconds(engine.Median));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The longest ones in the order of time; what is left out is counted.</summary>
    private static void WriteSegments(Utf8JsonWriter json, List<PathRun> runs)
    {
        var shown = runs.Count <= MostSegments ? runs
            : [.. runs.OrderByDescending(r => r.To - r.From).Take(MostSegments).OrderBy(r => r.From)];
        json.WriteNumber("segments_left_out", runs.Count - shown.Count);
        json.WriteStartArray("segments");
        foreach (var run in shown)
        {
            json.WriteStartObject();
            json.WriteNumber("from_us", Units.Microseconds(run.From));
            json.WriteNumber("to_us", Units.Microseconds(run.To));
            json.WriteString("kind", run.First.Kind.Name());
            json.WriteNumber("core", run.First.Core);
            json.WriteString("engine", run.First.Engine.Name());
            if (run.First.Queue >= 0) json.WriteNumber("queue", run.First.Queue);
            json.WriteString("operation", run.First.Operation.Info.Name);
            json.WriteString("where", run.First.Operation.Span.ToString());
            json.WriteNumber("count", run.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStalls(Utf8JsonWriter json, RunAttribution attribution)
    {
        json.WriteStartArray("stalls");
        foreach (var stall in attribution.Stalls.Take(MostStalls))
        {
            var key = stall.Key;
            json.WriteStartObject();
            json.WriteNumber("core", key.Core);
            json.WriteString("engine", key.Engine.Name());
            json.WriteString("waits_for", key.Cause == Engine.None ? "dma" : key.Cause.Name());
            if (key.Queue >= 0) json.WriteNumber("queue", key.Queue);
            if (key.Semaphore is { } semaphore)
            {
                json.WriteNumber("semaphore", semaphore.Number);
                json.WriteNumber("semaphore_core", semaphore.Core);
            }

            json.WriteString("operation", key.Producer);
            json.WriteString("where", key.Where.ToString());
            json.WriteNumber("time_us", Units.Microseconds(stall.Time));
            json.WriteNumber("count", stall.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRoofline(Utf8JsonWriter json, TimedRun run)
    {
        var roofline = run.Roofline(0);
        json.WriteStartObject("roofline");
        json.WriteNumber("operations", roofline.Flops);
        json.WriteNumber("hbm_bytes", roofline.HbmBytes);
        json.WriteNumber("operations_per_byte", roofline.Intensity);
        json.WriteStartObject("least_us");
        foreach (var (unit, time) in roofline.Bounds) json.WriteNumber(unit, time / 1e6);
        json.WriteEndObject();
        json.WriteString("bound", roofline.Bound.Unit);
        json.WriteNumber("reached", run.Timeline.Elapsed > 0 ? roofline.Bound.Time / run.Timeline.Elapsed : 0);
        json.WriteEndObject();
    }
}
