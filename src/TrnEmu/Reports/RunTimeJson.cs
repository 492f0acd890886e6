using System.Text.Json;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Sim;
using TrnEmu.Sim.Models;

namespace TrnEmu.Reports;

/// <summary>The part of a run's JSON that the time pass gives.</summary>
internal static class RunTimeJson
{
    /// <summary>Adds the fields to the object that is open.</summary>
    public static void Write(Utf8JsonWriter json, RunResult result, RunMetrics m)
    {
        json.WriteNumber("time_us", m.Timeline.TimeUs);
        json.WriteNumber("time_with_runtime_us", m.Timeline.TimeWithRuntimeUs);
        json.WriteNumber("engine_instructions", m.EngineInstructions);
        json.WriteStartObject("instructions_by_name");
        foreach (var (name, count) in m.InstructionsByName) json.WriteNumber(name, count);
        json.WriteEndObject();
        WriteEngines(json, m);
        WriteMovement(json, m);
        json.WriteStartObject("tensor");
        json.WriteNumber("macs", m.ArrayMacs);
        if (m.Mfu is { } mfu) json.WriteNumber("mfu", mfu);
        json.WriteNumber("hfu", m.Hfu);
        json.WriteEndObject();
        WriteStalls(json, m);
        json.WriteStartObject("basis");
        foreach (var basis in Enum.GetValues<Basis>()) json.WriteNumber(basis.ToString().ToLowerInvariant(), m.Timeline.Basis.Share(basis));
        json.WriteEndObject();
        AttributionJson.Write(json, result, result.Timed!);
    }

    /// <summary>One object for each core, with what the run itself says of core 0.</summary>
    public static void WriteCores(Utf8JsonWriter json, RunResult result, Timeline timeline)
    {
        json.WriteStartArray("per_core");
        for (var core = 0; core < timeline.Cores.Count; core++)
        {
            var m = new RunMetrics(result, timeline, core);
            json.WriteStartObject();
            json.WriteNumber("instructions", result.Program.Cores[core].Entries.Count);
            WriteEngines(json, m);
            WriteMovement(json, m);
            RunJson.WriteMemory(json, MemoryPeaks.Of(result.Program, result.Chip, core));
            WriteStalls(json, m);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEngines(Utf8JsonWriter json, RunMetrics m)
    {
        json.WriteStartObject("engines");
        foreach (var engine in m.Core.Engines)
        {
            json.WriteStartObject(engine.Engine.Name());
            json.WriteNumber("instructions", m.Operations(engine.Engine));
            json.WriteNumber("busy_us", Units.Microseconds(engine.Busy));
            json.WriteNumber("utilization", m.Utilization(engine.Busy));
            json.WriteNumber("idle_tail_us", Units.Microseconds(engine.IdleTail));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteMovement(Utf8JsonWriter json, RunMetrics m)
    {
        json.WriteStartObject("dma");
        json.WriteNumber("transfers", m.Core.Dma.Transfers);
        json.WriteNumber("bytes", m.Core.Dma.Bytes);
        json.WriteNumber("busy_us", Units.Microseconds(m.Core.Dma.Active));
        json.WriteNumber("utilization", m.DmaUtilization);
        json.WriteEndObject();
        json.WriteStartObject("hbm");
        json.WriteNumber("bytes_read", m.Core.Dma.HbmBytesRead);
        json.WriteNumber("bytes_written", m.Core.Dma.HbmBytesWritten);
        json.WriteNumber("bandwidth_utilization", m.HbmUtilization);
        json.WriteEndObject();
    }

    private static void WriteStalls(Utf8JsonWriter json, RunMetrics m)
    {
        json.WriteStartObject("stalls_us");
        foreach (var engine in m.Core.Engines)
        {
            json.WriteStartObject(engine.Engine.Name());
            for (var cause = 0; cause < engine.Stalls.Count; cause++)
            {
                if (engine.Stalls[cause] == 0) continue;
                var name = cause == (int)Engine.None ? "wait_dma" : "wait_" + ((Engine)cause).Name();
                json.WriteNumber(name, Units.Microseconds(engine.Stalls[cause]));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
