using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Validation;

/// <summary>Reads files of measurements; README.md beside this file says what they look like.</summary>
public static class MeasurementFile
{
    private const string Resource = "TrnEmu.Validation.measurements.json";
    private const long MaxBytes = 16 << 20;

    /// <summary>The published measurements that the emulator brings.</summary>
    public static MeasurementSet BuiltIn()
    {
        using var stream = typeof(MeasurementFile).Assembly.GetManifestResourceStream(Resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Parse(bytes, "measurements.json");
    }

    /// <summary>A user's own.</summary>
    /// <exception cref="TrnException">The file cannot be read, or has findings: all of them.</exception>
    public static MeasurementSet Load(string path)
    {
        try
        {
            if (Directory.Exists(path)) throw Refuse(path, "cannot be read: it is a folder");
            var length = new FileInfo(path).Length;
            if (length > MaxBytes) throw Refuse(path, $"has {length} bytes, limit {MaxBytes}");
            if (length == 0) throw Refuse(path, "is empty: expected one JSON object with \"rows\"");
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (IsAboutFiles(e))
        {
            throw Refuse(path, $"cannot be read: {e.Message}");
        }
    }

    /// <summary>
    /// Reads a text; <paramref name="file"/> is what findings name, and where .trn files are looked for.
    /// </summary>
    internal static MeasurementSet Parse(ReadOnlySpan<byte> utf8, string file)
    {
        var root = ChipText.Parse(utf8, file, ValidationCodes.Malformed);
        var reader = new NodeReader(file);
        reader.IsObject(root, "rows", "ladders", "instructions", "packets");
        var rows = new RowReader(reader, file).Read(root);
        var set = new MeasurementSet
        {
            Rows = rows,
            Ladders = LadderReader.Read(reader, root, rows, file),
            Instructions = TableReader.Instructions(reader, root),
            Packets = TableReader.Packets(reader, root),
        };
        TrnException.ThrowIfErrors(FailureKind.BadInput, reader.Findings);
        return set;
    }

    private static bool IsAboutFiles(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static TrnException Refuse(string path, string message) =>
        new(FailureKind.BadInput, Diagnostic.Error(ValidationCodes.Malformed, message, new SourceSpan(path, 0)));
}
