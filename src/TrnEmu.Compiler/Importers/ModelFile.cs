using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers;

/// <summary>Opens the files of models.</summary>
public static class ModelFile
{
    /// <summary>Reads a file from its first byte on.</summary>
    /// <exception cref="TrnException">TRN1405: it cannot be read.</exception>
    public static T Read<T>(string path, Func<Stream, T> read)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return read(stream);
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new TrnException(
                FailureKind.BadInput, Diagnostic.Error(ImportCodes.Unreadable, e.Message, new SourceSpan(path, 0)));
        }
    }
}
