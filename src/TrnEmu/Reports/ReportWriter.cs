using Spectre.Console;

namespace TrnEmu.Reports;

/// <summary>
/// Writes a report's lines. On a terminal they have its colours and width. Elsewhere a line that fits is written as it
/// is: a console that would leave it unchanged takes a sixth of a short run's time to start, so it is made for the
/// lines alone that it has to break.
/// </summary>
public sealed class ReportWriter(TextWriter writer)
{
    private readonly bool _isTerminal = Consoles.IsTerminal(writer);
    private IAnsiConsole? _console;

    /// <summary>A console over the same writer.</summary>
    internal IAnsiConsole Console => _console ??= Consoles.Over(writer);

    /// <summary>Characters of a line.</summary>
    internal int Width => _isTerminal ? Console.Profile.Width : Consoles.PlainWidth;

    /// <summary>Writes a line.</summary>
    internal void Line(string text) => Line((text, Tint.None));

    /// <summary>Writes a line of pieces, each in its colour.</summary>
    internal void Line(params ReadOnlySpan<(string Text, Tint Tint)> pieces)
    {
        if (IsPlain(pieces))
        {
            foreach (var (text, _) in pieces) writer.Write(text);
            writer.WriteLine();
            return;
        }

        var line = new Paragraph();
        foreach (var (text, tint) in pieces) line.Append(text, new Style(ColorOf(tint)));
        Console.Write(line);
        Console.WriteLine();
    }

    /// <summary>True when a console would not change the line.</summary>
    private bool IsPlain(ReadOnlySpan<(string Text, Tint Tint)> pieces)
    {
        if (_isTerminal) return false;
        var length = 0;
        foreach (var (text, _) in pieces)
        {
            length += text.Length;
            if (!IsOneCellEach(text)) return false;
        }

        return length < Consoles.PlainWidth;
    }

    /// <summary>True when each character takes one column of any terminal.</summary>
    internal static bool IsOneCellEach(string text)
    {
        foreach (var c in text)
        {
            if (c is (< ' ' or > '~') and not '…') return false;
        }

        return true;
    }

    private static Color? ColorOf(Tint tint) => tint switch
    {
        Tint.Green => Color.Green,
        Tint.Red => Color.Red,
        Tint.Blue => Color.Blue,
        Tint.Grey => Color.Grey,
        _ => null,
    };
}
