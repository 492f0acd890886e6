using System.Text.Json;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Json;

/// <summary>
/// Takes values out of objects. What is wrong is collected, with file and line, and a placeholder goes on in its stead.
/// </summary>
/// <param name="file">What findings name.</param>
/// <param name="code">What they are called.</param>
internal sealed class JsonChecker(string file, DiagnosticCode code)
{
    private const int MaxFindings = 1000;

    /// <summary>What was found, up to the first thousand.</summary>
    public List<Diagnostic> Findings { get; } = [];

    /// <summary>A whole number that must be there, or may be missing where there is a fallback.</summary>
    public int Whole(JsonItem o, string name, int minimum, int maximum, int? fallback = null)
    {
        if (Find(o, name, fallback is not null) is not { } item) return fallback ?? minimum;
        if (item.Integer is { } value && value >= minimum && value <= maximum) return (int)value;
        Report(item, $"{name} is {Show(item)}, expected a whole number from {minimum} to {maximum}");
        return minimum;
    }

    /// <summary>A number that must be there, or may be missing where there is a fallback.</summary>
    public double Number(JsonItem o, string name, double minimum, double maximum, double? fallback = null)
    {
        if (Find(o, name, fallback is not null) is not { } item) return fallback ?? minimum;
        if (item.Kind == JsonTokenType.Number && item.Number >= minimum && item.Number <= maximum) return item.Number;
        Report(item, $"{name} is {Show(item)}, expected a number from {minimum} to {maximum}");
        return minimum;
    }

    /// <summary>True or false.</summary>
    public bool Flag(JsonItem o, string name, bool fallback)
    {
        if (o[name] is not { } item) return fallback;
        if (item.Kind is JsonTokenType.True or JsonTokenType.False) return item.Kind == JsonTokenType.True;
        Report(item, $"{name} is {Show(item)}, expected true or false");
        return fallback;
    }

    /// <summary>A text that must be there, or may be missing where there is a fallback.</summary>
    public string Text(JsonItem o, string name, string? fallback = null)
    {
        if (Find(o, name, fallback is not null) is not { } item) return fallback ?? "";
        if (item.Kind == JsonTokenType.String) return item.Text;
        Report(item, $"{name} is {Show(item)}, expected text");
        return fallback ?? "";
    }

    /// <summary>The elements of an array that must be there; none where it is not.</summary>
    public IReadOnlyList<JsonItem> Items(JsonItem o, string name)
    {
        if (Find(o, name, isOptional: false) is not { } item) return [];
        if (!item.IsArray) Report(item, $"{name} is {Show(item)}, expected an array");
        return item.Items;
    }

    /// <summary>An object that has no other members than these.</summary>
    public bool IsObject(JsonItem item, string what, params ReadOnlySpan<string> known)
    {
        if (!item.IsObject)
        {
            Report(item, $"{what} is {Show(item)}, expected an object");
            return false;
        }

        foreach (var (name, member) in item.Members)
        {
            if (!known.Contains(name))
                Report(member, $"\"{Cut(name)}\" is no property of {what}, known are {string.Join(", ", known!)}");
        }

        return true;
    }

    /// <summary>Adds a finding about a value.</summary>
    public void Report(JsonItem item, FormattableString message)
    {
        if (Findings.Count < MaxFindings) Findings.Add(
            Diagnostic.Error(code, FormattableString.Invariant(message), new SourceSpan(file, item.Line)));
    }

    /// <summary>Stops where anything was found.</summary>
    public void ThrowIfAny() => TrnException.ThrowIfErrors(FailureKind.BadInput, Findings);

    /// <summary>A value in a message.</summary>
    public static FormattableString Show(JsonItem item) => item.Kind switch
    {
        JsonTokenType.String => $"\"{Cut(item.Text)}\"",
        JsonTokenType.Number => $"{item.Number}",
        JsonTokenType.StartObject => $"an object",
        JsonTokenType.StartArray => $"an array",
        _ => $"{item.Kind.ToString().ToLowerInvariant()}",
    };

    private JsonItem? Find(JsonItem o, string name, bool isOptional)
    {
        var item = o[name];
        if (item is null && !isOptional) Report(o, $"{name} is missing");
        return item;
    }

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
