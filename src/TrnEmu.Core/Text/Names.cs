namespace TrnEmu.Core.Text;

/// <summary>Names as texts write them without quotes.</summary>
internal static class Names
{
    /// <summary>True for ASCII letters, digits, '_' and '.'.</summary>
    public static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.';

    /// <summary>
    /// True when the text is a name: word characters, the first no digit, at most <see cref="TextLimits.Name"/>.
    /// </summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > TextLimits.Name || char.IsAsciiDigit(text[0])) return false;
        foreach (var c in text)
        {
            if (!IsWordCharacter(c)) return false;
        }

        return true;
    }
}
