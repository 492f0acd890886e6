namespace TrnEmu.Core.Diagnostics;

/// <summary>
/// Carries the findings that stopped some work to whoever shows them. Readers and verifiers collect all findings before
/// they throw; the machine stops at the first fault.
/// </summary>
public sealed class TrnException : Exception
{
    /// <summary>Stops with these findings, at least one.</summary>
    public TrnException(FailureKind kind, IReadOnlyList<Diagnostic> diagnostics)
        : base(string.Join('\n', diagnostics))
    {
        Kind = kind;
        Diagnostics = diagnostics;
    }

    /// <summary>Stops with one finding.</summary>
    public TrnException(FailureKind kind, Diagnostic diagnostic) : this(kind, [diagnostic])
    {
    }

    /// <summary>Whether the input was bad or the emulated machine faulted.</summary>
    public FailureKind Kind { get; }

    /// <summary>Everything that was found, in the order of the text or program.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>Throws when there is at least one error among the findings.</summary>
    public static void ThrowIfErrors(FailureKind kind, IReadOnlyList<Diagnostic> diagnostics)
    {
        if (diagnostics.Any(d => d.Severity == Severity.Error)) throw new TrnException(kind, diagnostics);
    }
}

/// <summary>Who has to mend what stopped the work; decides the exit code of the command line.</summary>
public enum FailureKind
{
    /// <summary>Found without running: a file, an option, an illegal operation, a capacity (exit code 2).</summary>
    BadInput,

    /// <summary>
    /// Found only by running: an uninitialised read, a race, a deadlock, a dynamic address (exit code 3).
    /// </summary>
    Fault,
}
