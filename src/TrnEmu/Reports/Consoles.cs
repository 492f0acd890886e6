using Spectre.Console;

namespace TrnEmu.Reports;

/// <summary>Consoles to write reports to.</summary>
public static class Consoles
{
    /// <summary>Characters of a line where there is no terminal.</summary>
    internal const int PlainWidth = 160;

    /// <summary>
    /// A console over a writer: with colours and the terminal's width when it is the terminal, else plain text of a
    /// fixed width, so that files and pipes get the same bytes everywhere. NO_COLOR is honoured.
    /// </summary>
    public static IAnsiConsole Over(TextWriter writer)
    {
        var isTerminal = IsTerminal(writer);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!isTerminal) console.Profile.Width = PlainWidth;
        return console;
    }

    /// <summary>True when what is written appears on a terminal.</summary>
    internal static bool IsTerminal(TextWriter writer) =>
        ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected;
}
