using System.Text.Json;
using TrnEmu.Generation;

namespace TrnEmu.Reports;

/// <summary>The part of a run's JSON that a generating model gives.</summary>
internal static class GenerationJson
{
    /// <summary>Adds the fields to the object that is open.</summary>
    public static void Write(Utf8JsonWriter json, GenerationResult generation)
    {
        json.WriteStartArray("tokens");
        foreach (var step in generation.Steps) json.WriteNumberValue(step.Token);
        json.WriteEndArray();
        if (generation.Text is { } text) json.WriteString("text", text);
        json.WriteStartArray("steps");
        foreach (var step in generation.Steps)
        {
            json.WriteStartObject();
            json.WriteNumber("token", step.Token);
            if (step.TimeUs is { } time) json.WriteNumber("time_us", time);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
