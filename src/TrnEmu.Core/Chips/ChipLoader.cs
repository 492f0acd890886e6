using System.Text.Json;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Chips;

/// <summary>Finds a chip's file among the embedded ones or on disk and reads it strictly.</summary>
internal static class ChipLoader
{
    private const string Extension = ".json";
    private const string Prefix = "TrnEmu.Core.Chips.";

    /// <summary>Names of the embedded chips, oldest first and unit last.</summary>
    public static IReadOnlyList<string> Known { get; } = ["trn1", "inf2", "trn2", "trn3", "unit"];

    /// <summary>Reads, replaces the what-if numbers, binds.</summary>
    public static Chip Load(string nameOrPath, IReadOnlyList<KeyValuePair<string, double>> whatIf)
    {
        var file = Known.Contains(nameOrPath) ? nameOrPath + Extension : nameOrPath;
        return Parse(Bytes(nameOrPath), file, whatIf);
    }

    /// <summary>Reads a chip from its text; <paramref name="file"/> is what findings name.</summary>
    public static Chip Parse(ReadOnlySpan<byte> utf8, string file, IReadOnlyList<KeyValuePair<string, double>> whatIf)
    {
        var root = ChipText.Parse(utf8, file);
        var findings = new List<Diagnostic>();
        foreach (var (path, value) in whatIf) Replace(root, path, value, findings);
        TrnException.ThrowIfErrors(FailureKind.BadInput, findings);
        var binder = new ChipBinder(file);
        var chip = binder.Bind(root);
        TrnException.ThrowIfErrors(FailureKind.BadInput, binder.Findings);
        return chip;
    }

    private static byte[] Bytes(string nameOrPath)
    {
        if (Known.Contains(nameOrPath))
        {
            using var stream = typeof(Chip).Assembly.GetManifestResourceStream(Prefix + nameOrPath + Extension)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }

        if (!nameOrPath.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) || !File.Exists(nameOrPath))
            throw Unknown(
                $"\"{nameOrPath}\" is no chip: known are {string.Join(", ", Known)}, or a file ending in {Extension}");
        try
        {
            return File.ReadAllBytes(nameOrPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unknown($"\"{nameOrPath}\" cannot be read: {e.Message}");
        }
    }

    private static TrnException Unknown(string message) =>
        new(FailureKind.BadInput, Diagnostic.Error(ChipCodes.Unknown, message, SourceSpan.None));

    private static void Replace(ChipNode root, string path, double value, List<Diagnostic> findings)
    {
        var node = path.Split('.').Aggregate<string, ChipNode?>(root, (n, name) => n?[name]);
        if (node?["value"] is not { Kind: JsonTokenType.Number } number)
        {
            findings.Add(Diagnostic.Error(
                ChipCodes.UnknownProperty, $"{path} is not a number of the chip", SourceSpan.None));
            return;
        }

        number.Number = value;
        node.Members.RemoveAll(m => m.Key is "basis" or "source");
        node.Members.Add(new("basis", Text(node, "basis", "assumed")));
        node.Members.Add(new("source", Text(node, "source", "what-if")));
    }

    private static ChipNode Text(ChipNode parent, string name, string text) =>
        new($"{parent.Path}.{name}", parent.Line, JsonTokenType.String) { Text = text };
}
