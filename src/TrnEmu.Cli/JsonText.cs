using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TrnEmu.Cli;

/// <summary>JSON as the commands print it.</summary>
internal static class JsonText
{
    /// <summary>Indented, one line end at the end; only what JSON itself requires is escaped.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(json);
        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
