namespace TrnEmu.Core.Diagnostics;

/// <summary>How much a diagnostic weighs.</summary>
public enum Severity
{
    /// <summary>The work cannot go on, or its result would not be meaningful.</summary>
    Error,

    /// <summary>The work goes on; the user should know.</summary>
    Warning,
}
