using System.Text.Json;
using TrnEmu.Reports;

namespace TrnEmu.Cli;

/// <summary>JSON as the commands print it.</summary>
internal static class JsonText
{
    /// <summary>As <see cref="IndentedJson"/>, with one line end at the end.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write) =>
        output.WriteLine(IndentedJson.Text(write));
}
