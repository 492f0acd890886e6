using System.Text.Json;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Json;

/// <summary>
/// Parses JSON of files that nobody vouches for into items that know their lines. Depth and number of values are
/// bounded, so that a text never takes more than some hundred megabytes.
/// </summary>
/// <param name="file">What findings name.</param>
/// <param name="code">What they are called.</param>
internal sealed class JsonText(string file, DiagnosticCode code)
{
    private const int MaxDepth = 16;
    private const int MaxValues = 1 << 21;
    private int _values;
    private int _position;
    private int _lines = 1;

    /// <summary>The root.</summary>
    /// <exception cref="TrnException">The text is not one JSON object.</exception>
    public static JsonItem Parse(ReadOnlySpan<byte> utf8, string file, DiagnosticCode code) =>
        new JsonText(file, code).Parse(utf8);

    /// <summary>The root of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">Longest that it may be.</param>
    /// <param name="code">What findings are called.</param>
    /// <param name="unreadable">What they are called when it cannot be read.</param>
    /// <exception cref="TrnException">It cannot be read, is too long, or is not one JSON object.</exception>
    public static JsonItem Load(string path, int maxBytes, DiagnosticCode code, DiagnosticCode unreadable)
    {
        var reader = new JsonText(path, code);
        try
        {
            var length = new FileInfo(path).Length;
            if (length > maxBytes) throw reader.Bad($"has {length} bytes, limit {maxBytes}", 0);
            return reader.Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new TrnException(
                FailureKind.BadInput, Diagnostic.Error(unreadable, e.Message, new SourceSpan(path, 0)));
        }
    }

    private JsonItem Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            var root = Read(ref reader, utf8);
            if (reader.Read() || !root.IsObject) throw Bad($"expected one object", root.Line);
            return root;
        }
        catch (JsonException e)
        {
            throw Bad($"not JSON: {e.Message.Split(" LineNumber")[0]}", (int)(e.LineNumber ?? 0) + 1);
        }
        catch (InvalidOperationException)
        {
            throw Bad($"not UTF-8", _lines);
        }
    }

    private JsonItem Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        var at = (int)reader.TokenStartIndex;
        _lines += utf8[_position..at].Count((byte)'\n');
        _position = at;
        if (++_values > MaxValues) throw Bad($"has more than {MaxValues} values", _lines);
        var item = new JsonItem(reader.TokenType, _lines);
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return item with { Text = reader.GetString()! };
            case JsonTokenType.Number:
                return item with
                {
                    Number = reader.GetDouble(),
                    Integer = reader.TryGetInt64(out var whole) ? whole : null,
                };
            case JsonTokenType.StartObject:
                return item with { Members = ReadMembers(ref reader, utf8) };
            case JsonTokenType.StartArray:
                var items = new List<JsonItem>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Read(ref reader, utf8));
                return item with { Items = items };
            default:
                return item;
        }
    }

    private List<KeyValuePair<string, JsonItem>> ReadMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        var members = new List<KeyValuePair<string, JsonItem>>();
        var names = new HashSet<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var item = Read(ref reader, utf8);
            if (!names.Add(name)) throw Bad($"{name} stands twice", item.Line);
            members.Add(new(name, item));
        }

        return members;
    }

    private TrnException Bad(FormattableString message, int line) => new(
        FailureKind.BadInput,
        Diagnostic.Error(code, FormattableString.Invariant(message), new SourceSpan(file, line)));
}
