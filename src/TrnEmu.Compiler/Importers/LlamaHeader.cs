using System.Buffers.Binary;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers;

/// <summary>The first 28 bytes of a llama2.c file: sizes of the model.</summary>
/// <param name="Dim">Width of the activations.</param>
/// <param name="Hidden">Width inside the MLP.</param>
/// <param name="Layers">Layers.</param>
/// <param name="Heads">Heads of queries.</param>
/// <param name="KvHeads">Heads of keys and values.</param>
/// <param name="Vocabulary">Tokens.</param>
/// <param name="Positions">Longest sequence.</param>
/// <param name="IsTied">The classifier uses the embedding's weights.</param>
internal sealed record LlamaHeader(
    int Dim, int Hidden, int Layers, int Heads, int KvHeads, int Vocabulary, int Positions, bool IsTied)
{
    public const int Bytes = 7 * sizeof(int);
    private const uint Magic = 0x616b3432;
    private const int Limit = 1 << 20;

    /// <summary>Size of a head.</summary>
    public int HeadSize => Dim / Heads;

    /// <summary>Width of the keys and of the values of a position.</summary>
    public int KvDim => KvHeads * HeadSize;

    /// <summary>fp32 numbers after the header.</summary>
    public Int128 Floats =>
        (Int128)Vocabulary * Dim * (IsTied ? 1 : 2)
        + (Int128)Layers * (2 * Dim + 2L * Dim * Dim + 2L * Dim * KvDim + 3L * Dim * Hidden)
        + Dim + (Int128)Positions * HeadSize;

    /// <summary>Reads and checks the numbers.</summary>
    /// <exception cref="TrnException">Every number that is impossible.</exception>
    public static LlamaHeader Parse(ReadOnlySpan<byte> bytes, string file)
    {
        var n = new int[7];
        for (var i = 0; i < n.Length; i++) n[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * sizeof(int))..]);
        if ((uint)n[0] == Magic) throw Bad(
            file, ImportCodes.Format, $"starts with ak42: version {n[1]} of the format, expected the legacy one");
        var findings = new List<Diagnostic>();
        string[] names = ["dim", "hidden_dim", "layers", "heads", "kv_heads", "vocabulary", "positions"];
        for (var i = 0; i < n.Length; i++)
        {
            var size = i == 5 ? Math.Abs((long)n[i]) : n[i];
            if (size is < 1 or > Limit) Report(findings, file, $"{names[i]} is {n[i]}, expected 1 to {Limit}");
        }

        TrnException.ThrowIfErrors(FailureKind.BadInput, findings);
        var header = new LlamaHeader(n[0], n[1], n[2], n[3], n[4], Math.Abs(n[5]), n[6], n[5] > 0);
        if (header.Dim % header.Heads != 0 || header.HeadSize % 2 != 0)
            Report(findings, file, $"dim is {header.Dim}, heads is {header.Heads}: expected heads of one even size");
        if (header.Heads % header.KvHeads != 0)
            Report(findings, file, $"heads is {header.Heads}, kv_heads is {header.KvHeads}: expected a multiple");
        TrnException.ThrowIfErrors(FailureKind.BadInput, findings);
        return header;
    }

    /// <summary>Stops with one finding about the file.</summary>
    public static TrnException Bad(string file, DiagnosticCode code, FormattableString message) =>
        new(FailureKind.BadInput,
            Diagnostic.Error(code, FormattableString.Invariant(message), new SourceSpan(file, 0)));

    private static void Report(List<Diagnostic> findings, string file, FormattableString message) =>
        findings.AddRange(Bad(file, ImportCodes.Header, message).Diagnostics);
}
