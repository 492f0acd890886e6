using System.Net;
using System.Text;

namespace TrnEmu.Reports.Html;

/// <summary>Writes a page. What is not said to be markup is text, and is escaped.</summary>
internal sealed class HtmlWriter(Stream stream) : IDisposable
{
    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true);

    /// <summary>Markup as it is.</summary>
    public HtmlWriter Markup(string markup)
    {
        _writer.Write(markup);
        return this;
    }

    /// <summary>Text, which neither markup nor its direction leaves.</summary>
    public HtmlWriter Text(string text) => Markup(Escaped(text));

    /// <summary>The value of an attribute, which its quotes do not leave.</summary>
    public HtmlWriter Attribute(string text) => Markup(WebUtility.HtmlEncode(Printable(text)));

    /// <summary>Bytes as text that ends no script.</summary>
    public HtmlWriter Base64(ReadOnlySpan<byte> bytes)
    {
        // Whole groups of three bytes, so that pieces join without padding between them.
        const int Piece = 3 << 14;
        for (; bytes.Length > Piece; bytes = bytes[Piece..]) Markup(Convert.ToBase64String(bytes[..Piece]));
        return Markup(Convert.ToBase64String(bytes));
    }

    /// <summary>A paragraph.</summary>
    public HtmlWriter Paragraph(string text, string style = "") =>
        Markup(style.Length > 0 ? $"<p class=\"{style}\">" : "<p>").Text(text).Markup("</p>\n");

    /// <summary>The heading of a section.</summary>
    public HtmlWriter Heading(string text) => Markup("<h2>").Text(text).Markup("</h2>\n");

    /// <summary>A table; numbers stand to the right.</summary>
    /// <param name="caption">What it shows, in a sentence.</param>
    /// <param name="columns">Titles; those that start with '#' are of numbers.</param>
    /// <param name="rows">Cells as text.</param>
    public HtmlWriter Table(string caption, IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        Markup("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"").Attribute(caption);
        Markup("\"><table class=\"sortable\"><caption>").Text(caption).Markup("</caption><thead><tr>");
        foreach (var column in columns) Cell("th scope=\"col\"", column, column.TrimStart('#'));
        Markup("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            Markup("<tr>");
            for (var i = 0; i < row.Length; i++) Cell("td", columns[i], row[i]);
            Markup("</tr>\n");
        }

        return Markup("</tbody></table></div>\n");
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    /// <summary>Characters that steer a terminal or a text's direction have no effect beyond the text itself.</summary>
    public static string Escaped(string text)
    {
        var printable = Printable(text);
        var escaped = WebUtility.HtmlEncode(printable);
        return printable.Any(IsBidirectional) ? $"<bdi>{escaped}</bdi>" : escaped;
    }

    private static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? '\uFFFD' : c));

    private static bool IsBidirectional(char c) => c is >= '\u0590' and <= '\u08FF' or >= '\u200E' and <= '\u200F'
        or >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or >= '\uFB1D' and <= '\uFEFC';

    private void Cell(string element, string column, string text)
    {
        var name = element.Split(' ')[0];
        Markup(column.StartsWith('#') ? $"<{element} class=\"n\">" : $"<{element}>").Text(text).Markup($"</{name}>");
    }
}
