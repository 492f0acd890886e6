using System.Text;

namespace TrnEmu.PythonModule;

/// <summary>Python source in lines of at most 120 columns.</summary>
internal static class PythonLines
{
    private const int Width = 120;
    private const int Indent = 4;

    /// <summary>The first line of a function, or its lines, parameters two indents deep.</summary>
    public static void Signature(StringBuilder text, string name, IEnumerable<string> parameters)
    {
        var list = string.Join(", ", parameters);
        var line = $"def {name}({list}):";
        if (line.Length <= Width) text.Append(line).Append('\n');
        else Fill(text.Append($"def {name}(\n"), $"{list}):".Split(' '), 2 * Indent);
    }

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
        Fill(text.Append(start).Append('\n'), all.Select(item => item + ","), depth + Indent);
        text.Append(' ', depth).Append(end).Append('\n');
    }

    /// <summary>Words in lines, each as full as it can be.</summary>
    /// <param name="text">Receives the lines.</param>
    /// <param name="words">What no line breaks.</param>
    /// <param name="indent">Blanks at the start of each line.</param>
    /// <param name="first">What the first line begins with instead.</param>
    public static void Fill(StringBuilder text, IEnumerable<string> words, int indent, string? first = null)
    {
        var blanks = new string(' ', indent);
        var line = new StringBuilder(first ?? blanks.TrimEnd());
        foreach (var word in words)
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line.Clear();
            }

            line.Append(line.Length == 0 ? blanks : " ").Append(word);
        }

        text.Append(line).Append('\n');
    }
}
