using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TrnEmu.Reports;

/// <summary>JSON for people and scripts: indented, with characters as they are.</summary>
public static class IndentedJson
{
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What <paramref name="write"/> writes, as text without a line end.</summary>
    public static string Text(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options)) write(json);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
