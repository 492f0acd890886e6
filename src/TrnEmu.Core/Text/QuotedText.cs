using System.Globalization;
using System.Text;
using TrnEmu.Core.Text.Reading;

namespace TrnEmu.Core.Text;

/// <summary>Strings in double quotes: <c>\"</c>, <c>\\</c> and <c>\uXXXX</c> for control characters.</summary>
internal static class QuotedText
{
    private const int HexDigits = 4;

    /// <summary>The string with quotes around it, on one line.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (char.IsControl(c)) quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>
    /// Reads a quoted string; null when there is none, or one that does not end or has an unknown escape.
    /// </summary>
    public static string? TryTake(LineReader line) => line.TryQuoted(out var raw) ? Unescape(raw) : null;

    private static string? Unescape(ReadOnlySpan<char> raw)
    {
        var text = new StringBuilder(raw.Length);
        while (!raw.IsEmpty)
        {
            var length = 1;
            if (raw[0] != '\\') text.Append(raw[0]);
            else if (!TryEscape(raw, text, out length)) return null;
            raw = raw[length..];
        }

        return text.ToString();
    }

    private static bool TryEscape(ReadOnlySpan<char> raw, StringBuilder text, out int length)
    {
        length = 2;
        if (raw.Length < length) return false;
        if (raw[1] is '"' or '\\')
        {
            text.Append(raw[1]);
            return true;
        }

        length += HexDigits;
        if (raw[1] != 'u' || raw.Length < length
            || !ushort.TryParse(raw[2..length], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return false;
        }

        text.Append((char)code);
        return true;
    }
}
