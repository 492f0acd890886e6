namespace TrnEmu.Core.Diagnostics;

/// <summary>
/// A place in the user's own text: the C# caller, a Python frame, a line of a .trn or chip file, a node of a model.
/// </summary>
/// <param name="File">Path as it is shown, or null when the place is not known.</param>
/// <param name="Line">Line, from 1; 0 when only the file is known.</param>
public readonly record struct SourceSpan(string? File, int Line)
{
    /// <summary>A place that is not known.</summary>
    public static SourceSpan None => default;

    /// <summary>
    /// Path that [CallerFilePath] gave: the build maps the repository's root to "./", which is dropped.
    /// </summary>
    public static SourceSpan FromCaller(string file, int line) =>
        new(file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file, line);

    /// <summary><c>file:line</c>, <c>file</c>, or an empty string.</summary>
    public override string ToString() => File is null ? "" : Line > 0 ? FormattableString.Invariant($"{File}:{Line}") : File;
}
