using System.Text;

namespace TrnEmu.PythonModule;

/// <summary>Python source in lines of at most 120 columns.</summary>
internal static class PythonLines
{
    private const int Width = 120;
    private const int Indent = 4;

    /// <summary>
    /// <paramref name="start"/>, items and <paramref name="end"/> on one line, or the items in lines of their own, one
    /// indent deeper than the start.
    /// </summary>
    public static void List(StringBuilder text, string start, IEnumerable<string> items, string end)
    {
        var all = items.ToArray();
        var line = $"{start}{string.Join(", ", all)}{end}";
        if (line.Length <= Width)
        {
            text.Append(line).Append('\n');
            return;
        }

        var depth = start.Length - start.TrimStart().Length;
        text.Append(start).Append('\n');
        Fill(text, all.Select((item, i) => i < all.Length - 1 || !end.StartsWith("):", StringComparison.Ordinal) ? item + "," : item), depth + Indent);
        if (end.StartsWith("):", StringComparison.Ordinal)) text.Insert(text.Length - 1, end);
        else text.Append(' ', depth).Append(end).Append('\n');
    }

    /// <summary>Words in lines that begin with <paramref name="indent"/> blanks, the first with its own beginning.</summary>
    public static void Fill(StringBuilder text, IEnumerable<string> words, int indent, string? first = null)
    {
        var column = Width;
        var isFirst = true;
        foreach (var word in words)
        {
            if (isFirst && first is not null)
            {
                text.Append(first).Append(' ').Append(word);
                column = first.Length + 1 + word.Length;
            }
            else if (column + 1 + word.Length > Width)
            {
                if (!isFirst) text.Append('\n');
                text.Append(' ', indent).Append(word);
                column = indent + word.Length;
            }
            else
            {
                text.Append(' ').Append(word);
                column += 1 + word.Length;
            }

            isFirst = false;
        }

        text.Append('\n');
    }
}
