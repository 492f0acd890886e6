using System.Globalization;
using System.Text;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Text;

/// <summary>
/// Source spans in trailing comments: <c># file:line</c> or <c># file:line, node 3</c>. Any other comment is for people alone. Control characters,
/// '%' and blanks at the ends of the file name are written %XXXX (hexadecimal), so that every name keeps to its line.
/// </summary>
internal static class SpanText
{
    private const int EscapeLength = 5;
    private const string NodeMark = ", node ";

    /// <summary>The comment without its '#'; the line is written even when it is 0.</summary>
    public static string Format(SourceSpan span)
    {
        var file = span.File!;
        var text = new StringBuilder(file.Length + 8);
        for (var i = 0; i < file.Length; i++)
        {
            var c = file[i];
            var isEnd = i == 0 || i == file.Length - 1;
            if (c == '%' || char.IsControl(c) || (isEnd && char.IsWhiteSpace(c)))
                text.Append(CultureInfo.InvariantCulture, $"%{(int)c:x4}");
            else text.Append(c);
        }

        text.Append(CultureInfo.InvariantCulture, $":{span.Line}");
        if (span.Node > 0) text.Append(CultureInfo.InvariantCulture, $"{NodeMark}{span.Node}");
        return text.ToString();
    }

    /// <summary>The span of a comment; false when it is no span.</summary>
    /// <param name="comment">What follows the '#'.</param>
    /// <param name="lastFile">File of the span before; lines mostly share it, and then share the string.</param>
    /// <param name="span">The span.</param>
    public static bool TryParse(ReadOnlySpan<char> comment, ref string lastFile, out SourceSpan span)
    {
        span = default;
        comment = comment.Trim();
        var colon = comment.LastIndexOf(':');
        if (colon < 0) return false;
        var digits = comment[(colon + 1)..];
        var mark = digits.IndexOf(NodeMark);
        var node = 0;
        if (mark >= 0 && !TryNumber(digits[(mark + NodeMark.Length)..], out node)) return false;
        if (!TryNumber(mark >= 0 ? digits[..mark] : digits, out var line)) return false;
        var file = comment[..colon];
        if (!file.SequenceEqual(lastFile) || file.Contains('%')) lastFile = Unescape(file);
        span = new SourceSpan(lastFile, line, node);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Unescape(ReadOnlySpan<char> file)
    {
        if (!file.Contains('%')) return file.ToString();
        var text = new StringBuilder(file.Length);
        for (var i = 0; i < file.Length; i++)
        {
            if (file[i] == '%' && TryEscape(file[(i + 1)..], out var code))
            {
                text.Append((char)code);
                i += EscapeLength - 1;
            }
            else
            {
                text.Append(file[i]);
            }
        }

        return text.ToString();
    }

    private static bool TryEscape(ReadOnlySpan<char> text, out ushort code)
    {
        code = 0;
        return text.Length >= EscapeLength - 1
            && ushort.TryParse(text[..(EscapeLength - 1)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
    }
}
