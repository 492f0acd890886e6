using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Text;
using TrnEmu.Data;

namespace TrnEmu.Cli;

/// <summary>Writes what a run made. Files appear whole or not at all: written beside, then moved.</summary>
internal static class OutputFolder
{
    /// <summary>Each output as NAME.npy; characters of the name that file systems mind become '_'.</summary>
    public static void Write(string folder, IEnumerable<TensorData> outputs) => Guard(folder, () =>
    {
        Directory.CreateDirectory(folder);
        foreach (var data in outputs)
            WriteWhole(Path.Combine(folder, FileName(data.Name) + ".npy"), path => Npy.Write(path, data));
    });

    /// <summary>A text file.</summary>
    public static void WriteText(string path, string text) =>
        Guard(path, () => WriteWhole(path, temporary => File.WriteAllText(temporary, text)));

    /// <summary>A file that is written as it is made.</summary>
    public static void WriteStream(string path, Action<Stream> write) => Guard(path, () => WriteWhole(path, temporary =>
    {
        using var stream = File.Create(temporary);
        write(stream);
    }));

    /// <summary>A program as F.trn, and its constants as F.trn.bin beside it.</summary>
    public static void WriteProgram(string path, Compilation compilation) => Guard(path, () =>
    {
        var program = compilation.Program;
        if (ProgramFile.HasConstants(program))
        {
            WriteWhole(ConstantFile.PathOf(path), temporary =>
            {
                using var constants = File.Create(temporary);
                program = ProgramFile.WriteConstants(compilation, constants);
            });
        }

        WriteWhole(path, temporary => File.WriteAllText(temporary, ProgramText.Print(program)));
    });

    /// <summary>A model as FILE.json, and its constants as FILE.json.bin beside it where it needs them.</summary>
    public static void WriteGraph(string path, Model model) => Guard(path, () =>
    {
        using var json = new MemoryStream();
        if (GraphJson.NeedsFile(model))
        {
            WriteWhole(GraphJson.ConstantsOf(path), temporary =>
            {
                using var constants = File.Create(temporary);
                GraphJson.Write(model, json, constants);
            });
        }
        else
        {
            GraphJson.Write(model, json, Stream.Null);
        }

        WriteWhole(path, temporary => File.WriteAllBytes(temporary, json.ToArray()));
    });

    /// <summary>Writes through a temporary file beside the target.</summary>
    public static void WriteWhole(string path, Action<string> write)
    {
        if (IsDevice(path))
        {
            write(path);
            return;
        }

        if (File.Exists(path)) path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        var temporary = path + ".part";
        try
        {
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>What is written to, never replaced: /dev/stdout and its like.</summary>
    private static bool IsDevice(string path) => Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);

    private static string FileName(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' ? c : '_'));

    private static void Guard(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new TrnException(FailureKind.BadInput, Diagnostic.Error(
                CommandLineErrors.Usage, $"cannot be written: {e.Message}", new SourceSpan(path, 0)));
        }
    }
}
