using System.Text.Json;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;
using TrnEmu.Sim.Models;

namespace TrnEmu.Reports;

/// <summary>
/// The result of a run as JSON, schema 1: scripts depend on its fields. A field that does not apply is absent.
/// </summary>
public static class RunJson
{
    /// <summary>One indented JSON object.</summary>
    public static string Write(RunResult result) => IndentedJson.Text(json => Write(json, result));

    private static void Write(Utf8JsonWriter json, RunResult result)
    {
        json.WriteStartObject();
        json.WriteNumber("schema", 1);
        json.WriteString("trnemu", Versions.TrnEmu);
        json.WriteString("target", result.Target);
        json.WriteString("chip", result.Chip.Name);
        WriteWhatIf(json, result.WhatIf);
        json.WriteNumber("cores", result.Program.Cores.Count);
        json.WriteNumber("runs", result.Runs);
        json.WriteNumber("instructions", result.Executed.Cores[0].Entries.Count(e => Unrolling.IsOfProgram(e)));
        if (result.Timeline is { } timeline) RunTimeJson.Write(json, result, new RunMetrics(result, timeline));
        WriteMemory(json, result.Peaks);
        if (result.Spills.Tensors > 0) WriteSpills(json, result.Spills);
        if (result.Timeline is { Cores.Count: > 1 } cores) RunTimeJson.WriteCores(json, result, cores);
        NodeJson.Write(json, result);
        WriteOutputs(json, result);
        if (result.Generation is { } generation) GenerationJson.Write(json, generation);
        WriteCheck(json, result);
        WriteHost(json, result.Host);
        WriteDiagnostics(json, result);
        json.WriteEndObject();
    }

    private static void WriteWhatIf(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, double>> numbers)
    {
        if (numbers.Count == 0) return;
        json.WriteStartObject("what_if");
        foreach (var (key, value) in numbers) json.WriteNumber(key, value);
        json.WriteEndObject();
    }

    internal static void WriteMemory(Utf8JsonWriter json, MemoryPeaks peaks)
    {
        json.WriteStartObject("memory");
        json.WriteNumber("sbuf_peak_bytes_per_partition", peaks.SbufBytesPerPartition);
        json.WriteNumber("psum_peak_banks", peaks.PsumBanks);
        json.WriteNumber("hbm_peak_bytes", peaks.HbmBytes);
        json.WriteEndObject();
    }

    private static void WriteSpills(Utf8JsonWriter json, in SpillCounts spills)
    {
        json.WriteStartObject("spills");
        json.WriteNumber("tensors", spills.Tensors);
        json.WriteNumber("stores", spills.Stores);
        json.WriteNumber("loads", spills.Loads);
        json.WriteNumber("bytes", spills.Bytes);
        json.WriteEndObject();
    }

    private static void WriteOutputs(Utf8JsonWriter json, RunResult result)
    {
        json.WriteStartArray("outputs");
        foreach (var output in result.Outputs)
        {
            json.WriteStartObject();
            json.WriteString("name", output.Name);
            json.WriteStartArray("shape");
            foreach (var extent in output.Shape) json.WriteNumberValue(extent);
            json.WriteEndArray();
            json.WriteString("dtype", output.DType.Name());
            json.WriteString("sha256", output.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCheck(Utf8JsonWriter json, RunResult result)
    {
        if (result.Check is not { } check) return;
        json.WriteStartObject("check");
        json.WriteString("reference", "fp64");
        Number(json, "max_abs_error", check.MaxAbsoluteError);
        Number(json, "max_rel_error", check.MaxRelativeError);
        json.WriteBoolean("passed", check.Passed);
        json.WriteEndObject();
    }

    private static void WriteHost(Utf8JsonWriter json, in HostStatistics host)
    {
        json.WriteStartObject("host");
        json.WriteNumber("wall_s", host.WallSeconds);
        json.WriteNumber("compile_s", host.CompileSeconds);
        json.WriteNumber("function_s", host.FunctionSeconds);
        json.WriteNumber("timing_s", host.TimingSeconds);
        json.WriteNumber("peak_memory_mb", host.PeakMemoryMegabytes);
        json.WriteEndObject();
    }

    private static void WriteDiagnostics(Utf8JsonWriter json, RunResult result)
    {
        json.WriteStartArray("diagnostics");
        foreach (var d in result.Diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("code", d.Code.Id);
            json.WriteString("severity", d.Severity.ToString().ToLowerInvariant());
            json.WriteString("message", d.Message);
            json.WriteString("where", d.Where.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>JSON has no infinity: an error beyond all bounds is written as the largest double.</summary>
    private static void Number(Utf8JsonWriter json, string name, double value) =>
        json.WriteNumber(name, double.IsFinite(value) ? value : double.MaxValue);
}
