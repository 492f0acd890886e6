using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>Makes the exceptions of the importer.</summary>
internal static class OnnxErrors
{
    /// <summary>One finding about a file.</summary>
    public static TrnException Bad(string file, DiagnosticCode code, FormattableString message) =>
        new(FailureKind.BadInput,
            Diagnostic.Error(code, FormattableString.Invariant(message), new SourceSpan(file, 0)));

    /// <summary>A name of the file as messages show it: one line, not too long.</summary>
    public static string Shown(string name)
    {
        var text = string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));
        return text.Length <= 120 ? text : text[..117] + "...";
    }
}
