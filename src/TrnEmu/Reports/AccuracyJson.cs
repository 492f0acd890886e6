using TrnEmu.Accuracy;

namespace TrnEmu.Reports;

/// <summary>Formats of weights as JSON: <c>{ "rows": [ { "format", "weight_bytes", … } ] }</c>, what does not apply being
/// absent.</summary>
public static class AccuracyJson
{
    /// <summary>One indented JSON object.</summary>
    public static string Write(IReadOnlyList<AccuracyRow> rows) => IndentedJson.Text(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("rows");
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("format", row.Format);
            json.WriteNumber("weight_bytes", row.WeightBytes);
            if (row.TimeUs is { } time) json.WriteNumber("time_us", time);
            if (row.MeanChange is { } change) json.WriteNumber("mean_change", change);
            if (row.SameChoice is { } choice) json.WriteNumber("same_choice", choice);
            if (row.Right is { } right) json.WriteNumber("right", right);
            if (row.Rows is { } count) json.WriteNumber("rows", count);
            if (row.SameTokens is { } same) json.WriteNumber("same_tokens", same);
            if (row.Tokens is { } tokens) json.WriteNumber("tokens", tokens);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
