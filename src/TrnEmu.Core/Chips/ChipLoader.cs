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
        WhatIf.Apply(root, whatIf, findings);
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
}
