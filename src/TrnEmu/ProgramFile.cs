using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Text;

namespace TrnEmu;

/// <summary>Programs as files: text in F.trn, constants in F.trn.bin beside it.</summary>
public static class ProgramFile
{
    /// <summary>A file cannot be opened.</summary>
    public static readonly DiagnosticCode Unreadable = new(
        "TRN1101", "file", "The file does not exist or cannot be read.", "Check the path and its permissions.");

    /// <summary>
    /// Reads and parses a program; operations that name no source get their line in this file, if <paramref name="locate"/>.
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
}
