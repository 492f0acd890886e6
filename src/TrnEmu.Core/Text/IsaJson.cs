using System.Text.Json;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Text.Codecs;

namespace TrnEmu.Core.Text;

/// <summary>
/// The instruction set for programs: <c>trnemu isa --json</c>. A list of objects with name, engine, chips, operands
/// (name, kind, spaces, dtypes, optional) and summary. Kind is "write" or "read" for memory, "list of reads" for several,
/// "read or number" for what may be an immediate as well, else what the parameter takes.
/// </summary>
public static class IsaJson
{
    /// <summary>Writes the operations.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<OperationInfo> operations, IReadOnlyList<Chip> chips)
    {
        json.WriteStartArray();
        foreach (var operation in operations)
        {
            json.WriteStartObject();
            json.WriteString("name", operation.Name);
            Strings(json, "engine", operation.Attribute.Engines.Members().Select(e => e.Name()));
            Strings(json, "chips", IsaText.ChipsOf(operation, chips));
            json.WriteStartArray("operands");
            foreach (var operand in operation.Operands) Operand(json, operand);
            json.WriteEndArray();
            json.WriteString("summary", operation.Attribute.Summary);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Operand(Utf8JsonWriter json, OperandInfo operand)
    {
        json.WriteStartObject();
        json.WriteString("name", operand.Name);
        json.WriteString("kind", Kind(operand));
        Strings(json, "spaces", IsaText.SpacesOf(operand));
        Strings(json, "dtypes", operand.DTypes.Select(d => d.Name()));
        json.WriteBoolean("optional", operand.IsOptional);
        json.WriteEndObject();
    }

    private static string Kind(OperandInfo operand) => operand.Role switch
    {
        OperandRole.Write => "write",
        OperandRole.Read => operand.IsList ? "list of reads" : operand.Type == typeof(ScalarOperand) ? "read or number" : "read",
        _ => ValueCodecs.Of(operand.Type).Kind,
    };

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
