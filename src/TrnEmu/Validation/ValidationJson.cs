using System.Text.Json;
using TrnEmu.Reports;

namespace TrnEmu.Validation;

/// <summary>
/// Predictions against measurements as JSON: scripts depend on its fields. error = predicted / measured - 1.
/// </summary>
public static class ValidationJson
{
    /// <summary>One indented JSON object.</summary>
    public static string Write(ValidationResult result) => IndentedJson.Text(json => Write(json, result));

    private static void Write(Utf8JsonWriter json, ValidationResult result)
    {
        json.WriteStartObject();
        json.WriteNumber("schema", 1);
        json.WriteString("trnemu", Versions.TrnEmu);
        json.WriteBoolean("passed", result.Passed);
        WriteList(json, "rows", result.Rows, WriteRow);
        Write(json, ErrorSummary.Of(result.Rows));
        json.WriteStartObject("chips");
        foreach (var chip in result.Chips) WriteChip(json, chip);
        json.WriteEndObject();
        WriteList(json, "ladders", result.Steps, WriteStep);
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, RowResult row)
    {
        json.WriteString("id", row.Row.Id);
        json.WriteString("chip", row.Row.Chip);
        json.WriteNumber("measured", row.Row.Measured);
        json.WriteNumber("predicted", row.Predicted);
        json.WriteString("unit", row.Row.Unit);
        json.WriteNumber("error", row.Error);
        if (row.LeftOutError is { } error) json.WriteNumber("leave_one_out_error", error);
        json.WriteBoolean("passed", row.Passed);
        json.WriteString("dominates", row.Dominates);
        json.WriteString("kernel", row.Row.Kernel);
        json.WriteBoolean("includes_runtime", row.Row.IncludesRuntime);
    }

    private static void WriteChip(Utf8JsonWriter json, ChipResult chip)
    {
        json.WriteStartObject(chip.Name);
        json.WriteBoolean("passed", chip.Passed);
        json.WriteNumber("rows", chip.Rows.Count);
        Write(json, chip.Summary);
        WriteList(json, "stages", chip.Stages, WriteFigure);
        WriteList(json, "instructions", chip.Instructions, WriteLimited);
        WriteList(json, "packets", chip.Packets, WriteLimited);
        WriteList(json, "fitted", chip.Constants, WriteConstant);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ErrorSummary summary)
    {
        json.WriteNumber("mean_abs_error", summary.MeanAbsolute);
        json.WriteNumber("median_abs_error", summary.MedianAbsolute);
        json.WriteNumber("within_2x", summary.WithinTwo);
        json.WriteNumber("leave_one_out_mean_abs_error", summary.MeanAbsoluteLeftOut);
    }

    private static void WriteFigure(Utf8JsonWriter json, Figure figure)
    {
        json.WriteString("name", figure.Name);
        json.WriteNumber("measured", figure.Measured);
        json.WriteNumber("predicted", figure.Predicted);
        json.WriteString("unit", figure.Unit);
        json.WriteNumber("error", figure.Error);
    }

    private static void WriteLimited(Utf8JsonWriter json, Figure figure)
    {
        WriteFigure(json, figure);
        json.WriteBoolean("passed", figure.Passed);
    }

    private static void WriteConstant(Utf8JsonWriter json, FittedConstant constant)
    {
        json.WriteString("path", constant.Path);
        json.WriteNumber("value", constant.Quantity.Value);
        json.WriteString("unit", constant.Quantity.Unit);
        json.WriteStartArray("rests_on");
        foreach (var row in constant.RestsOn) json.WriteStringValue(row);
        json.WriteEndArray();
    }

    private static void WriteStep(Utf8JsonWriter json, LadderStep step)
    {
        json.WriteString("ladder", step.Ladder);
        json.WriteString("from", step.From.Row.Id);
        json.WriteString("to", step.To.Row.Id);
        json.WriteNumber("measured_ratio", step.To.Row.Measured / step.From.Row.Measured);
        json.WriteNumber("predicted_ratio", step.To.Predicted / step.From.Predicted);
        json.WriteBoolean("kept", step.IsKept);
    }

    private static void WriteList<T>(
        Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
