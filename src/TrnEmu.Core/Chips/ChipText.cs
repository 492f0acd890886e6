using System.Globalization;
using System.Text.Json;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Chips;

/// <summary>Parses JSON into nodes that know their lines.</summary>
internal static class ChipText
{
    /// <summary>The root object.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="file">What findings name.</param>
    /// <param name="malformed">What they are called; of chip files when null.</param>
    /// <exception cref="TrnException">The text is not one JSON object.</exception>
    public static ChipNode Parse(ReadOnlySpan<byte> utf8, string file, DiagnosticCode? malformed = null)
    {
        var code = malformed ?? ChipCodes.Malformed;
        if (utf8.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 16 });
            reader.Read();
            var lines = new LineCounter();
            var root = Read(ref reader, utf8, "", ref lines);
            if (reader.Read() || root.Kind != JsonTokenType.StartObject)
                throw Malformed(code, file, root.Line, "the file must hold one object");
            return root;
        }
        catch (JsonException e)
        {
            throw Malformed(code, file, (int)(e.LineNumber ?? 0) + 1, "not JSON: " + e.Message.Split(" LineNumber")[0]);
        }
        catch (InvalidOperationException)
        {
            throw Malformed(code, file, 1, "not UTF-8");
        }
    }

    private static TrnException Malformed(DiagnosticCode code, string file, int line, string message) =>
        new(FailureKind.BadInput, Diagnostic.Error(code, message, new SourceSpan(file, line)));

    private static ChipNode Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string path, ref LineCounter lines)
    {
        var line = lines.At(utf8, reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new ChipNode(path, line, reader.TokenType) { Text = reader.GetString()! };
            case JsonTokenType.Number:
                return new ChipNode(path, line, reader.TokenType) { Number = reader.GetDouble() };
            case JsonTokenType.StartObject:
                var node = new ChipNode(path, line, reader.TokenType);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    var inner = path.Length == 0 ? name : $"{path}.{name}";
                    node.Members.Add(new(name, Read(ref reader, utf8, inner, ref lines)));
                }

                return node;
            case JsonTokenType.StartArray:
                var array = new ChipNode(path, line, reader.TokenType);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    var index = array.Members.Count.ToString(CultureInfo.InvariantCulture);
                    array.Members.Add(new(index, Read(ref reader, utf8, $"{path}[{index}]", ref lines)));
                }

                return array;
            default:
                var other = new ChipNode(path, line, reader.TokenType);
                reader.Skip();
                return other;
        }
    }

    /// <summary>Counts line feeds up to a growing position.</summary>
    private struct LineCounter
    {
        private long _position;
        private int _lines;

        public int At(ReadOnlySpan<byte> utf8, long position)
        {
            _lines += utf8[(int)_position..(int)position].Count((byte)'\n');
            _position = position;
            return _lines + 1;
        }
    }
}
