using System.Text.Json;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Reports.Html.Compare;

/// <summary>What a run's JSON says, for comparing. Fields that a run does not have are 0 or empty.</summary>
/// <param name="Label">Name that tells the runs of a page apart.</param>
/// <param name="Root">The object.</param>
internal sealed record RunFacts(string Label, JsonElement Root)
{
    /// <summary>A file is no result of a run.</summary>
    public static readonly DiagnosticCode NoRun = new(
        "TRN1013", "no result",
        "A page of results is made from what `trnemu run --json FILE` writes, of runs that were timed.",
        "Run again with `--json FILE`, without `--only function`.");

    /// <summary>Target as the user named it.</summary>
    public string Target => Text("target");

    /// <summary>Chip.</summary>
    public string Chip => Text("chip");

    /// <summary>Microseconds.</summary>
    public double Time => Number("time_us");

    /// <summary>The sentences of the run.</summary>
    public IEnumerable<string> Hints => List("hints").Select(h => h.GetString() ?? "");

    /// <summary>Reads a file.</summary>
    /// <exception cref="TrnException">TRN1013: it is no JSON of a timed run.</exception>
    public static RunFacts Read(string path, string label)
    {
        try
        {
            var root = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.Clone();
            if (root.ValueKind != JsonValueKind.Object) throw Bad(path, "is JSON, but no object");
            var run = new RunFacts(label, root);
            if (run.Number("schema") != 1) throw Bad(path, "is JSON, but no result of a run (schema 1)");
            return run.Time > 0 ? run : throw Bad(path, "is the result of a run without times");
        }
        catch (JsonException e)
        {
            throw Bad(path, $"is no JSON: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Bad(path, $"cannot be read: {e.Message}");
        }
    }

    /// <summary>A number by the names that lead to it; 0 where it is absent.</summary>
    public double Number(params ReadOnlySpan<string> names) =>
        Find(names) is { ValueKind: JsonValueKind.Number } e ? e.GetDouble() : 0;

    /// <summary>True where there is such a field.</summary>
    public bool Has(params ReadOnlySpan<string> names) => Find(names) is not null;

    /// <summary>The fields of an object that are numbers.</summary>
    public Dictionary<string, double> Numbers(params ReadOnlySpan<string> names) =>
        Find(names) is { ValueKind: JsonValueKind.Object } e
            ? e.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number)
                .GroupBy(p => p.Name).ToDictionary(g => g.Key, g => g.Last().Value.GetDouble())
            : [];

    /// <summary>A text; empty where it is absent.</summary>
    public string Text(params ReadOnlySpan<string> names) =>
        Find(names) is { ValueKind: JsonValueKind.String } e ? e.GetString() ?? "" : "";

    /// <summary>Parts of the critical path: microseconds by what they are spent on.</summary>
    public Dictionary<string, double> PathParts() => List("critical_path", "parts")
        .Select(p => new RunFacts("", p)).GroupBy(p => p.Text("what"))
        .ToDictionary(g => g.Key, g => g.Sum(p => p.Number("time_us")));

    private IEnumerable<JsonElement> List(params ReadOnlySpan<string> names) =>
        Find(names) is { ValueKind: JsonValueKind.Array } e ? [.. e.EnumerateArray()] : [];

    private JsonElement? Find(ReadOnlySpan<string> names)
    {
        var at = Root;
        foreach (var name in names)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return null;
        }

        return at;
    }

    private static TrnException Bad(string path, string problem) =>
        new(FailureKind.BadInput, Diagnostic.Error(NoRun, problem, new SourceSpan(path, 0)));
}
