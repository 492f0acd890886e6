using System.Globalization;
using System.Reflection;
using System.Text.Json;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Core.Chips;

/// <summary>
/// Replaces numbers of a chip that was read: keys are their paths in the file, as <c>dma.generation_ns</c>. A replaced
/// number is assumed, its source is what-if.
/// </summary>
internal static class WhatIf
{
    private const int Shown = 4;

    /// <summary>Replaces them all, or says what is wrong with each.</summary>
    public static void Apply(
        ChipNode root, IReadOnlyList<KeyValuePair<string, double>> changes, List<Diagnostic> findings)
    {
        foreach (var (key, value) in changes)
        {
            if (Find(root, key) is not { } node)
                Report(findings, ChipCodes.UnknownProperty, key, value, Unknown(root, key));
            else if (ExpectationOf(key) is { } expect && !Allows(expect, value))
                Report(findings, ChipCodes.BadValue, key, value, Bounds(expect));
            else
                Replace(node, value);
        }
    }

    private static ChipNode? Find(ChipNode root, string key)
    {
        var node = key.Split('.').Aggregate<string, ChipNode?>(root, (n, name) => n?[name]);
        return node?["value"] is { Kind: JsonTokenType.Number } ? node : null;
    }

    private static void Replace(ChipNode node, double value)
    {
        node["value"]!.Number = value;
        node.Members.RemoveAll(m => m.Key is "basis" or "source");
        node.Members.Add(new("basis", Text(node, "basis", "assumed")));
        node.Members.Add(new("source", Text(node, "source", "what-if")));
    }

    private static ChipNode Text(ChipNode parent, string name, string text) =>
        new($"{parent.Path}.{name}", parent.Line, JsonTokenType.String) { Text = text };

    /// <summary>What the property of a path expects; the binder reads the same attribute.</summary>
    internal static ExpectAttribute? ExpectationOf(string key)
    {
        Type? type = typeof(Chip);
        PropertyInfo? property = null;
        foreach (var name in key.Split('.'))
        {
            if (type == typeof(IReadOnlyDictionary<CostClass, ClassCost>))
            {
                type = typeof(ClassCost);
                continue;
            }

            property = type?.GetProperties().FirstOrDefault(p => OperationInfo.SnakeCase(p.Name) == name);
            type = property?.PropertyType;
        }

        return property?.GetCustomAttribute<ExpectAttribute>();
    }

    private static bool Allows(ExpectAttribute expect, double value) =>
        value >= expect.Min && value <= expect.Max && (!expect.Whole || value == Math.Floor(value));

    private static string Bounds(ExpectAttribute expect) =>
        $"expected a {(expect.Whole ? "whole " : "")}number from {Show(expect.Min)} to {Show(expect.Max)}"
        + (expect.Unit.Length > 0 ? $", in {expect.Unit}" : "");

    private static string Unknown(ChipNode root, string key)
    {
        var near = Keys(root).OrderBy(k => Distance(key, k)).Take(Shown);
        return $"is not a number of the chip; near are {string.Join(", ", near)}";
    }

    private static IEnumerable<string> Keys(ChipNode node) =>
        node["value"] is { Kind: JsonTokenType.Number } ? [node.Path] : node.Members.SelectMany(m => Keys(m.Value));

    /// <summary>Edits from one text to the other; a key that holds the text is near in any case.</summary>
    private static int Distance(string text, string key)
    {
        var row = Enumerable.Range(0, key.Length + 1).ToArray();
        for (var i = 1; i <= text.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= key.Length; j++)
            {
                var substituted = diagonal + (text[i - 1] == key[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return key.Contains(text, StringComparison.OrdinalIgnoreCase) ? 1 : row[^1];
    }

    private static void Report(List<Diagnostic> findings, DiagnosticCode code, string key, double value, string what) =>
        findings.Add(Diagnostic.Error(code, $"what-if {key}={Show(value)}: {what}", SourceSpan.None));

    private static string Show(double value) => value.ToString(CultureInfo.InvariantCulture);
}
