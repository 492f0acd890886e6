using System.Buffers.Binary;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers;

/// <summary>
/// What a llama2.c file starts with. Version 0: seven int32. Versions 1 and 2: 256 bytes that start with the magic
/// number ak42, the version and the same seven int32; then a byte that says whether the classifier is the embedding,
/// then, in version 2, the size of a group as int32.
/// </summary>
/// <param name="Version">0, 1 or 2.</param>
/// <param name="Sizes">Sizes of the model.</param>
/// <param name="IsTied">The classifier uses the embedding's weights.</param>
/// <param name="Group">Weights that share a scale; 0 where they are fp32.</param>
internal sealed record LlamaHeader(int Version, LlamaSizes Sizes, bool IsTied, int Group)
{
    /// <summary>The shortest header.</summary>
    public const int LegacyBytes = 7 * sizeof(int);

    /// <summary>The header of versions 1 and 2.</summary>
    public const int VersionedBytes = 256;

    private const uint Magic = 0x616b3432;
    private const int Newest = 2;
    private const int Limit = 1 << 20;
    private const int Start = 2 * sizeof(int);
    private const int TiedAt = Start + LegacyBytes;
    private static readonly string[] Names =
        ["dim", "hidden_dim", "layers", "heads", "kv_heads", "vocabulary", "positions"];

    /// <summary>Bytes before the first tensor.</summary>
    public int Bytes => Version == 0 ? LegacyBytes : VersionedBytes;

    /// <summary>Reads and checks the numbers.</summary>
    /// <param name="bytes">The first bytes of the file, up to <see cref="VersionedBytes"/>.</param>
    /// <param name="file">Name in messages.</param>
    /// <exception cref="TrnException">Every number that is impossible.</exception>
    public static LlamaHeader Parse(ReadOnlySpan<byte> bytes, string file)
    {
        RequireBytes(bytes, LegacyBytes, file);
        if ((uint)Int(bytes, 0) != Magic)
        {
            var isTied = Int(bytes, 5 * sizeof(int)) > 0;
            return new LlamaHeader(0, ParseSizes(bytes, isSigned: true, file), isTied, 0);
        }

        var version = Int(bytes, sizeof(int));
        if (version is < 1 or > Newest) throw Bad(
            file, ImportCodes.Format, $"starts with ak42, version {version}: expected version 1 to {Newest}");
        RequireBytes(bytes, VersionedBytes, file);
        var sizes = ParseSizes(bytes[Start..], isSigned: false, file);
        if (bytes[TiedAt] > 1) throw Bad(
            file, ImportCodes.Header, $"the flag of a shared classifier is {bytes[TiedAt]}, expected 0 or 1");
        var group = version == Newest ? Int(bytes, TiedAt + 1) : 0;
        var header = new LlamaHeader(version, sizes, bytes[TiedAt] == 1, group);
        if (version == Newest) header.CheckGroup(file);
        return header;
    }

    /// <summary>Stops with one finding about the file.</summary>
    public static TrnException Bad(string file, DiagnosticCode code, FormattableString message) =>
        new(FailureKind.BadInput,
            Diagnostic.Error(code, FormattableString.Invariant(message), new SourceSpan(file, 0)));

    private static LlamaSizes ParseSizes(ReadOnlySpan<byte> bytes, bool isSigned, string file)
    {
        var n = new int[Names.Length];
        var findings = new List<Diagnostic>();
        for (var i = 0; i < n.Length; i++)
        {
            n[i] = Int(bytes, i * sizeof(int));
            var size = i == 5 && isSigned ? Math.Abs((long)n[i]) : n[i];
            if (size is < 1 or > Limit) Report(findings, file, $"{Names[i]} is {n[i]}, expected 1 to {Limit}");
        }

        TrnException.ThrowIfErrors(FailureKind.BadInput, findings);
        if (n[0] % n[3] != 0 || n[0] / n[3] % 2 != 0)
            Report(findings, file, $"dim is {n[0]}, heads is {n[3]}: expected heads of one even size");
        if (n[3] % n[4] != 0)
            Report(findings, file, $"heads is {n[3]}, kv_heads is {n[4]}: expected a multiple");
        TrnException.ThrowIfErrors(FailureKind.BadInput, findings);
        return new LlamaSizes(n[0], n[1], n[2], n[3], n[4], n[0] / n[3], Math.Abs(n[5]), n[6]);
    }

    /// <summary>Groups run over the elements of a tensor, row by row, and none is part of two tensors.</summary>
    private void CheckGroup(string file)
    {
        if (Group < 1) throw Bad(file, ImportCodes.Header, $"the group size is {Group}, expected 1 or more");
        var findings = new List<Diagnostic>();
        foreach (var part in LlamaLayout.Of(this).Where(p => p.IsQuantised && p.Elements % Group != 0))
            Report(findings, file,
                $"{part.Name} has {part.Elements} weights, expected a multiple of the group size {Group}");
        TrnException.ThrowIfErrors(FailureKind.BadInput, findings);
    }

    private static void RequireBytes(ReadOnlySpan<byte> bytes, int expected, string file)
    {
        if (bytes.Length < expected) throw Bad(
            file, ImportCodes.Length, $"has {bytes.Length} bytes, expected a header of {expected}");
    }

    private static int Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);

    private static void Report(List<Diagnostic> findings, string file, FormattableString message) =>
        findings.AddRange(Bad(file, ImportCodes.Header, message).Diagnostics);
}
