using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Text.Reading;

/// <summary>Findings of a text: the first of each line, up to <see cref="TextLimits.Errors"/>.</summary>
internal sealed class ErrorList(string file)
{
    private readonly List<Diagnostic> _findings = [];
    private int _lastLine = -1;

    /// <summary>Everything found, in the order of the lines.</summary>
    public IReadOnlyList<Diagnostic> Findings => _findings;

    /// <summary>True when reading should stop.</summary>
    public bool IsFull => _findings.Count >= TextLimits.Errors;

    /// <summary>Adds an error, unless the line has one.</summary>
    public void Add(DiagnosticCode code, string message, int line)
    {
        if (line == _lastLine) return;
        _lastLine = line;
        _findings.Add(Diagnostic.Error(code, message, new SourceSpan(file, line)));
        if (!IsFull) return;
        var stopped = FormattableString.Invariant($"stopped after {TextLimits.Errors} errors");
        _findings.Add(Diagnostic.Error(TextCodes.TooMany, stopped, new SourceSpan(file, line)));
    }
}
