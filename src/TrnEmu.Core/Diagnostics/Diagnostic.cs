using System.Text;

namespace TrnEmu.Core.Diagnostics;

/// <summary>
/// One finding. The message states the value, the limit and the reason, in that order.
/// </summary>
/// <param name="Code">What kind of finding it is.</param>
/// <param name="Severity">Whether the work can go on.</param>
/// <param name="Message">The finding in words.</param>
/// <param name="Where">The user's own file and line.</param>
/// <param name="Notes">Other places that take part, each with its own words (the other instruction of a race,
/// …).</param>
public sealed record Diagnostic(
    DiagnosticCode Code, Severity Severity, string Message, SourceSpan Where, IReadOnlyList<DiagnosticNote> Notes)
{
    /// <summary>An error.</summary>
    public static Diagnostic Error(DiagnosticCode code, string message, SourceSpan where, params DiagnosticNote[] notes) =>
        new(code, Severity.Error, message, where, notes);

    /// <summary>A warning.</summary>
    public static Diagnostic Warning(DiagnosticCode code, string message, SourceSpan where, params DiagnosticNote[] notes) =>
        new(code, Severity.Warning, message, where, notes);

    /// <summary><c>softmax.py:41: error TRN2103: message</c>, then one indented line for each note.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Where != SourceSpan.None) text.Append(Where).Append(": ");
        text.Append(Severity == Severity.Error ? "error " : "warning ").Append(Code.Id).Append(": ").Append(Message);
        foreach (var note in Notes)
        {
            text.Append("\n    ");
            if (note.Where != SourceSpan.None) text.Append(note.Where).Append(": ");
            text.Append(note.Message);
        }

        return text.ToString();
    }
}

/// <summary>A further place that takes part in a finding.</summary>
/// <param name="Where">File and line.</param>
/// <param name="Message">What that place has to do with it.</param>
public readonly record struct DiagnosticNote(SourceSpan Where, string Message);
