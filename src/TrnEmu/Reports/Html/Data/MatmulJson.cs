using System.Text.Json;

namespace TrnEmu.Reports.Html.Data;

/// <summary>The corner of a matrix product that the page animates.</summary>
internal static class MatmulJson
{
    /// <summary>Writes the object; nothing where no product was executed.</summary>
    public static void Write(Utf8JsonWriter json, MatmulSample? sample)
    {
        if (sample is null) return;
        json.WriteStartObject("sample");
        json.WriteNumber("core", sample.Core);
        json.WriteNumber("k", sample.K);
        json.WriteNumber("m", sample.M);
        json.WriteNumber("n", sample.N);
        json.WriteString("type", sample.Type);
        json.WriteString("place", sample.Where.ToString());
        Write(json, "stationary", sample.Stationary);
        Write(json, "moving", sample.Moving);
        Write(json, "sums", sample.Sums);
        json.WriteEndObject();
    }

    /// <summary>JSON has no infinity.</summary>
    private static void Write(Utf8JsonWriter json, string name, float[][] rows)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            json.WriteStartArray();
            foreach (var value in row)
            {
                if (float.IsFinite(value)) json.WriteNumberValue(value);
                else json.WriteStringValue(float.IsNaN(value) ? "NaN" : value > 0 ? "Inf" : "-Inf");
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
