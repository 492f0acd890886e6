using System.Text.Json;
using TrnEmu.Compiler.Importers.Onnx;

namespace TrnEmu.Reports;

/// <summary>The nodes of a model as JSON: <c>nodes</c>, absent for what is no model.</summary>
internal static class NodeJson
{
    private const double PicosecondsPerMicrosecond = 1e6;

    /// <summary>Writes the nodes in the order of the graph.</summary>
    public static void Write(Utf8JsonWriter json, RunResult result)
    {
        WriteHostSteps(json, result.HostSteps);
        var uses = NodeUse.Of(result);
        if (uses.Count == 0) return;
        var elapsed = Math.Max(1, result.Timed!.Timeline.Elapsed);
        json.WriteStartArray("nodes");
        foreach (var use in uses)
        {
            json.WriteStartObject();
            json.WriteString("op", use.Node.Op);
            json.WriteString("node", use.Node.Source);
            json.WriteString("output", use.Node.Outputs[0]);
            json.WriteString("kernel", use.Kernel);
            json.WriteNumber("time_us", use.Time / PicosecondsPerMicrosecond);
            json.WriteNumber("share", (double)use.Time / elapsed);
            json.WriteNumber("hbm_bytes", use.Bytes);
            json.WriteNumber("operations", use.Operations);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteHostSteps(Utf8JsonWriter json, IReadOnlyList<HostNode> steps)
    {
        if (steps.Count == 0) return;
        json.WriteStartArray("host_steps");
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteString("op", step.Op);
            json.WriteString("node", step.Source);
            json.WriteString("to", step.Type.Name());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
