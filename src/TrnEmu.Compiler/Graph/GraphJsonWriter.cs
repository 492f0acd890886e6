using System.Text.Encodings.Web;
using System.Text.Json;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Text;

namespace TrnEmu.Compiler.Graph;

/// <summary>Writes the JSON form of a model: a line for each tensor and node, so that texts compare line by
/// line.</summary>
internal sealed class GraphJsonWriter(Model model, Stream constants)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ConstantWriter _constants = new(constants);

    /// <summary>Writes the whole text.</summary>
    public void Write(Stream stream)
    {
        var tensors = model.Graph.Tensors.Where(
            t => t.Role is GraphRole.Input or GraphRole.Constant or GraphRole.Cache);
        var outputs = model.Graph.Tensors.Where(t => t.Role == GraphRole.Output).Select(t => t.Name);
        Put(stream, $"{{\n  \"schema\": {GraphJson.Schema},\n  \"tensors\": [");
        List(stream, tensors, WriteTensor);
        Put(stream, "],\n  \"nodes\": [");
        List(stream, model.Graph.Nodes, WriteNode);
        Put(stream, "],\n  \"outputs\": [");
        List(stream, outputs, (json, name) => json.WriteStringValue(name));
        Put(stream, "]\n}\n");
    }

    private void WriteTensor(Utf8JsonWriter json, GraphTensor tensor)
    {
        json.WriteStartObject();
        json.WriteString("name", tensor.Name);
        json.WriteString("role", GraphJsonReader.WordOf(tensor.Role));
        json.WriteString("dtype", tensor.Type.DType.Name());
        Numbers(json, "shape", tensor.Type.Shape);
        if (tensor.Role == GraphRole.Constant) WriteContent(json, model.Constants[tensor.Name]);
        json.WriteEndObject();
    }

    private void WriteContent(Utf8JsonWriter json, byte[] bytes)
    {
        if (bytes.Length <= GraphJson.InlineBytes)
        {
            json.WriteBase64String("base64", bytes);
            return;
        }

        var content = _constants.Add(bytes);
        json.WriteNumber("offset", content.Offset);
        json.WriteNumber("length", content.Length);
        json.WriteString("sha256", content.Sha256);
    }

    private void WriteNode(Utf8JsonWriter json, GraphNode node)
    {
        json.WriteStartObject();
        json.WriteString("output", node.Outputs[0]);
        json.WriteString("op", node.Op);
        json.WriteStartArray("inputs");
        foreach (var input in node.Inputs)
        {
            if (input.Length == 0) json.WriteNullValue();
            else json.WriteStringValue(input);
        }

        json.WriteEndArray();
        if (node.Attributes.Count > 0) WriteAttributes(json, node);
        if (node.Source.Length > 0) json.WriteString("source", node.Source);
        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, GraphNode node)
    {
        json.WriteStartObject("attributes");
        foreach (var attribute in node.Attributes)
        {
            // As a number or a list where it comes back as the same word.
            if (attribute.Number is { } number && new GraphAttribute(attribute.Name, number) == attribute)
                json.WriteNumber(attribute.Name, number);
            else if (attribute.Integers is { } list && new GraphAttribute(attribute.Name, list) == attribute)
                Numbers(json, attribute.Name, list);
            else json.WriteString(attribute.Name, attribute.Word);
        }

        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void List<T>(Stream stream, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        var isFirst = true;
        foreach (var item in items)
        {
            Put(stream, isFirst ? "\n    " : ",\n    ");
            isFirst = false;
            using var json = new Utf8JsonWriter(stream, Options);
            write(json, item);
        }

        if (!isFirst) Put(stream, "\n  ");
    }

    private static void Put(Stream stream, string text) => stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
}
