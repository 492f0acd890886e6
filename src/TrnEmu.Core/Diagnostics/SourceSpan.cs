namespace TrnEmu.Core.Diagnostics;

/// <summary>
/// A place in the user's own text: the C# caller, a Python frame, a line of a .trn or chip file, a node of a model.
/// </summary>
/// <param name="File">Path as it is shown, or null when the place is not known.</param>
/// <param name="Line">Line, from 1; 0 when only the file is known.</param>
/// <param name="Node">Node of the model that the line computes, from 1 in the order of its graph; 0 for none.</param>
public readonly record struct SourceSpan(string? File, int Line, int Node = 0)
{
    /// <summary>A place that is not known.</summary>
    public static SourceSpan None => default;

    /// <summary>
    /// Path that [CallerFilePath] gave: the build maps the repository's root to "./", which is dropped.
    /// </summary>
    public static SourceSpan FromCaller(string file, int line) =>
        new(file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file, line);

    /// <summary><c>file:line</c>, <c>file:line, node 3</c>, <c>file</c>, or an empty string.</summary>
    public override string ToString()
    {
        if (File is null) return "";
        var place = Line > 0 ? FormattableString.Invariant($"{File}:{Line}") : File;
        return Node > 0 ? FormattableString.Invariant($"{place}, node {Node}") : place;
    }
}
