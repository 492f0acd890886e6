using System.Text.Json;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Sim.Attribution;

namespace TrnEmu.Reports.Html.Data;

/// <summary>The data of a run's page: <see cref="DataBlock"/> with all columns.</summary>
internal static class RunData
{
    /// <summary>Makes the block.</summary>
    /// <param name="result">The run.</param>
    /// <param name="run">Its times.</param>
    /// <param name="times">What replaying it told.</param>
    public static byte[] Of(RunResult result, TimedRun run, RunTimes times)
    {
        var program = result.Executed;
        var block = new DataBlock();
        var touches = new Touches(program, run.Timeline);
        var operations = new OperationColumns(program);
        InstructionColumns.Add(block, run, times);
        operations.Add(block, run, touches);
        TensorColumns.Add(block, program, touches);
        return block.ToArray(json =>
        {
            WriteRun(json, result, run);
            operations.Write(json);
            WritePlaces(json, block, operations);
            TensorColumns.Write(json, block, program, touches);
            ChipFacts.Write(json, result, run);
            WriteNodes(json, result);
            MatmulJson.Write(json, result.Sample);
        });
    }

    private static void WriteRun(Utf8JsonWriter json, RunResult result, TimedRun run)
    {
        json.WriteString("target", result.Target);
        json.WriteNumber("elapsed", run.Timeline.Elapsed);
        json.WriteNumber("cores", run.Timeline.Cores.Count);
        json.Texts("engines", Enum.GetValues<Engine>().Select(e => e == Engine.None ? "DMA" : e.Title()));
        var spelling = JsonNamingPolicy.SnakeCaseLower;
        json.Texts("classes", Enum.GetNames<CostClass>().Select(spelling.ConvertName));
        json.Texts("path_kinds", Enum.GetValues<PathKind>().Select(k => k.Name()));
        var roofline = run.Roofline(0);
        json.WriteStartObject("roofline");
        json.WriteNumber("flops", roofline.Flops);
        json.WriteNumber("hbm_bytes", roofline.HbmBytes);
        json.WriteEndObject();
    }

    private static void WritePlaces(Utf8JsonWriter json, DataBlock block, OperationColumns operations)
    {
        var files = new Numbering<string>();
        var places = operations.Places.All.ToArray();
        block.Add("place.file", places.Length, i => places[i].File is { } file ? files.Of(file) : -1);
        block.Add("place.line", places.Length, i => places[i].Line);
        block.Add("place.node", places.Length, i => places[i].Node);
        SourceText.Write(json, places, files);
    }

    private static void WriteNodes(Utf8JsonWriter json, RunResult result)
    {
        json.WriteStartArray("nodes");
        foreach (var use in NodeUse.Of(result))
        {
            json.WriteStartObject();
            json.WriteString("op", use.Node.Op);
            json.WriteString("name", use.Node.Source.Length > 0 ? use.Node.Source : use.Node.Outputs[0]);
            json.WriteString("kernel", use.Kernel);
            json.WriteNumber("time", use.Time);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
