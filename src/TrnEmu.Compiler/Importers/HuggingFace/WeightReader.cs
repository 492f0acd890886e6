using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers.HuggingFace;

/// <summary>Finds all tensors that a model needs before it reads any: what is wrong is one report.</summary>
/// <param name="checkpoint">The tensors of the files.</param>
/// <param name="path">The file that messages name.</param>
/// <param name="prefix">What names may start with and files of the bare model leave out.</param>
internal sealed class WeightReader(Checkpoint checkpoint, string path, string prefix)
{
    /// <summary>Reads the tensors.</summary>
    /// <param name="store">Where constants are kept.</param>
    /// <param name="expected">What the model needs; names without the prefix but for those that never have it.</param>
    /// <param name="isIgnored">True for names, without the prefix, that the model may have and does not need.</param>
    /// <exception cref="TrnException">Tensors are missing, of another shape or type, or not the model's.</exception>
    public void Read(ConstantStore store, IReadOnlyList<ExpectedTensor> expected, Func<string, bool> isIgnored)
    {
        var entries = expected.Select(e => Find(e.Name)).ToArray();
        Check(expected, entries, isIgnored);
        var room = Array.Empty<float>();
        for (var i = 0; i < entries.Length; i++)
        {
            var values = Checkpoint.Read(entries[i]!, ref room);
            store.RequireFinite(entries[i]!.Name, values);
            expected[i].Keep(store, values);
        }
    }

    private SafetensorsEntry? Find(string name) => checkpoint.Find(prefix + name) ?? checkpoint.Find(name);

    private void Check(
        IReadOnlyList<ExpectedTensor> expected, SafetensorsEntry?[] entries, Func<string, bool> isIgnored)
    {
        var findings = new List<Diagnostic>();
        for (var i = 0; i < entries.Length; i++)
        {
            var shape = string.Join(',', expected[i].Shape);
            if (entries[i] is not { } entry)
                Report(findings, path, $"tensor {expected[i].Name} is missing, expected [{shape}]");
            else if (!Fits(entry, expected[i]))
                Report(findings, entry.File,
                    $"tensor {entry.Name} is {entry}, expected F32, F16, BF16 or F64[{shape}]");
        }

        var used = entries.OfType<SafetensorsEntry>().Select(e => e.Name).ToHashSet();
        foreach (var entry in checkpoint.Entries.Where(e => !used.Contains(e.Name) && !isIgnored(Bare(e.Name))))
            Report(findings, entry.File,
                $"tensor {entry.Name} is {entry} and no part of the model that config.json describes");
        TrnException.ThrowIfErrors(FailureKind.BadInput, findings);
    }

    private static bool Fits(SafetensorsEntry entry, ExpectedTensor expected) =>
        SafetensorsTypes.IsWeight(entry.Stored) && entry.Shape.SequenceEqual(expected.Shape.Select(e => (long)e));

    private string Bare(string name) =>
        name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;

    private static void Report(List<Diagnostic> findings, string file, FormattableString message) =>
        findings.AddRange(LlamaHeader.Bad(file, ImportCodes.Weights, message).Diagnostics);
}
