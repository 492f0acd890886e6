namespace TrnEmu.Compiler.Graph;

/// <summary>Names of tensors, operations and attributes.</summary>
internal static class GraphNames
{
    /// <summary>Stands for an operand that is left out.</summary>
    public const string Absent = "none";

    private const int MaxLength = 200;

    /// <summary>ASCII letters, digits, '_' and '.', not starting with a digit, and not the word for an absent
    /// operand.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= MaxLength && !char.IsAsciiDigit(text[0]) && text != Absent
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.');
}
