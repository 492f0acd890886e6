using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Text;

namespace TrnEmu;

/// <summary>Programs as files: text in F.trn, constants in F.trn.bin beside it.</summary>
public static class ProgramFile
{
    /// <summary>A file cannot be opened.</summary>
    public static readonly DiagnosticCode Unreadable = new(
        "TRN1101", "file", "The file does not exist or cannot be read.", "Check the path and its permissions.");

    /// <summary>Writes the constants of a program; returns the program that names their places in that file.</summary>
    public static Program WriteConstants(Compilation compilation, Stream constants)
    {
        var writer = new ConstantWriter(constants);
        var program = compilation.Program;
        return program with
        {
            Tensors = [.. program.Tensors.Select(t => IsInFile(t) ? t with { Content = writer.Add(compilation.Constant(t)) } : t)],
        };
    }

    /// <summary>True when the program's constants lie in a file beside it.</summary>
    public static bool HasConstants(Program program) => program.Tensors.Any(IsInFile);

    /// <summary>
    /// Reads and parses a program; operations that name no source get their line in this file, if <paramref
    /// name="locate"/>.
    /// </summary>
    /// <exception cref="TrnException">The file is missing or has errors; all of them.</exception>
    public static Program Load(string path, bool locate = true)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrnException(FailureKind.BadInput, Diagnostic.Error(Unreadable, e.Message, new SourceSpan(path, 0)));
        }

        var parsed = ProgramText.Parse(text, path, locate);
        TrnException.ThrowIfErrors(FailureKind.BadInput, parsed.Diagnostics);
        return parsed.Program!;
    }

    private static bool IsInFile(Tensor tensor) => tensor.Content is { Kind: ContentKind.File };
}
