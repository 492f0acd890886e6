using System.Text.Json;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Reports.Html.Data;

/// <summary>
/// The lines of a kernel's files, where those can be read: around what the run names, of files that hold programs. A
/// name in a .trn is what somebody wrote there, so that no other file ends up in a page.
/// </summary>
internal static class SourceText
{
    private const int Around = 6;
    private const int MostLines = 3000;
    private const int MostColumns = 240;
    private const long MostBytes = 2_000_000;
    private static readonly string[] Kinds = [".cs", ".py", ".trn"];

    /// <summary>Writes the files of some places, each a list of stretches: first line, lines.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<SourceSpan> places, Numbering<string> files)
    {
        var lines = places.Where(p => p.File is not null).GroupBy(p => p.File!)
            .ToDictionary(g => g.Key, g => g.Select(p => p.Line).Where(l => l > 0).Distinct().Order().ToArray());
        json.WriteStartArray("files");
        foreach (var file in files.All)
        {
            json.WriteStartObject();
            json.WriteString("name", file);
            json.WriteStartArray("text");
            if (lines.TryGetValue(file, out var used) && Read(file) is { } text) Write(json, text, used);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string[] text, int[] used)
    {
        var (written, next) = (0, 0);
        while (next < used.Length && written < MostLines)
        {
            var first = Math.Max(1, used[next] - Around);
            var last = used[next];
            while (next < used.Length && used[next] <= last + 2 * Around) last = used[next++];
            last = Math.Min(last + Around, Math.Min(text.Length, first + MostLines));
            if (first > last) continue;
            json.WriteStartArray();
            json.WriteNumberValue(first);
            for (var line = first; line <= last; line++, written++)
            {
                var shown = text[line - 1];
                json.WriteStringValue(shown.Length > MostColumns ? shown[..MostColumns] + " …" : shown);
            }

            json.WriteEndArray();
        }
    }

    /// <summary>The file as it is named, or below a folder that the program itself lies in.</summary>
    private static string[]? Read(string file)
    {
        if (!Kinds.Contains(Path.GetExtension(file)) || file.Split('/', '\\').Contains("..")) return null;
        try
        {
            for (var folder = ""; ;)
            {
                var info = new FileInfo(Path.Combine(folder, file));
                if (info.Exists) return info.Length <= MostBytes ? File.ReadAllLines(info.FullName) : null;
                if (Path.IsPathRooted(file)) return null;
                var up = folder.Length == 0 ? AppContext.BaseDirectory : Path.GetDirectoryName(folder);
                if (up is null) return null;
                folder = up;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
