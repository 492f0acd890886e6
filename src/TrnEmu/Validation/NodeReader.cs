using System.Text.Json;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Validation;

/// <summary>
/// Takes values out of nodes. What is wrong is collected, with file and line, and a placeholder goes on in its stead.
/// </summary>
internal sealed class NodeReader(string file)
{
    /// <summary>What was found.</summary>
    public List<Diagnostic> Findings { get; } = [];

    /// <summary>Members of an object that has no others than these, once each.</summary>
    public bool IsObject(ChipNode node, params ReadOnlySpan<string> known)
    {
        if (!IsMap(node)) return false;
        var list = string.Join(", ", known!);
        foreach (var (name, member) in node.Members)
        {
            if (known.Contains(name)) continue;
            Report(ValidationCodes.UnknownProperty, member, $"{member.Path} is not a property, known are {list}");
        }

        return true;
    }

    /// <summary>True for an object whose names are free, each once.</summary>
    public bool IsMap(ChipNode node)
    {
        if (node.Kind != JsonTokenType.StartObject)
        {
            Report(ValidationCodes.Malformed, node, $"{node.Path} must be an object");
            return false;
        }

        var seen = new HashSet<string>();
        foreach (var (name, member) in node.Members)
        {
            if (!seen.Add(name)) Report(ValidationCodes.UnknownProperty, member, $"{member.Path} stands twice");
        }

        return true;
    }

    /// <summary>A text that must be there; empty when it is not.</summary>
    public string Text(ChipNode node, string name) => Need(node, name) is { } member ? Text(member) : "";

    /// <summary>A text that may be there.</summary>
    public string? OptionalText(ChipNode node, string name) => node[name] is { } member ? Text(member) : null;

    /// <summary>A text.</summary>
    public string Text(ChipNode node)
    {
        if (node.Kind == JsonTokenType.String && node.Text.Length > 0) return node.Text;
        Bad(node, "must be text");
        return "";
    }

    /// <summary>True or false, which must be there.</summary>
    public bool Flag(ChipNode node, string name)
    {
        if (Need(node, name) is not { } member) return false;
        if (member.Kind is not (JsonTokenType.True or JsonTokenType.False)) Bad(member, "must be true or false");
        return member.Kind == JsonTokenType.True;
    }

    /// <summary>A measured value: finite and above zero.</summary>
    public double Value(ChipNode node)
    {
        if (node.Kind != JsonTokenType.Number) Bad(node, "must be a number");
        else if (!double.IsFinite(node.Number)) Bad(node, "is not finite");
        else if (node.Number <= 0) Bad(node, FormattableString.Invariant($"is {node.Number}, must be above 0"));
        else return node.Number;
        return 1;
    }

    /// <summary>A whole number from 1.</summary>
    public int Size(ChipNode node)
    {
        var number = node.Kind == JsonTokenType.Number ? node.Number : 0;
        if (number is >= 1 and <= int.MaxValue && number == Math.Floor(number)) return (int)number;
        Bad(node, $"must be a whole number from 1 to {int.MaxValue}");
        return 1;
    }

    /// <summary>At least one measured value.</summary>
    public IReadOnlyList<double> Values(ChipNode node) => Each(node, "numbers", Value);

    /// <summary>The elements of an array that is not empty.</summary>
    public IReadOnlyList<T> Each<T>(ChipNode node, string what, Func<ChipNode, T> read)
    {
        if (node.Kind == JsonTokenType.StartArray && node.Members.Count > 0)
            return [.. node.Members.Select(m => read(m.Value))];
        Bad(node, $"must be an array of {what}, at least one");
        return [];
    }

    /// <summary>One of some words, as they are spelled in files.</summary>
    public T Word<T>(ChipNode node)
        where T : struct, Enum
    {
        var text = Text(node);
        foreach (var value in Enum.GetValues<T>())
        {
            if (Spelled(value) == text) return value;
        }

        var known = string.Join(", ", Enum.GetValues<T>().Select(Spelled));
        if (text.Length > 0) Bad(node, $"is \"{text}\", expected one of {known}");
        return default;
    }

    /// <summary>The member, or a finding that it is missing.</summary>
    public ChipNode? Need(ChipNode node, string name)
    {
        var member = node[name];
        if (member is null) Report(ValidationCodes.MissingProperty, node, $"{Inner(node, name)} is missing");
        return member;
    }

    /// <summary>A value that does not do.</summary>
    public void Bad(ChipNode node, string finding) => Report(ValidationCodes.BadValue, node, $"{node.Path} {finding}");

    private static string Inner(ChipNode node, string name) => node.Path.Length == 0 ? name : $"{node.Path}.{name}";

    private static string Spelled<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private void Report(DiagnosticCode code, ChipNode node, string message) =>
        Findings.Add(Diagnostic.Error(code, message, new SourceSpan(file, node.Line)));
}
