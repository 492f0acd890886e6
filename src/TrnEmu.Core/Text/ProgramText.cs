using System.Globalization;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Text.Reading;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Core.Text;

/// <summary>
/// The text form of a program, the same at every stage: <c>Parse(Print(p))</c> equals p, and printing what was parsed
/// is a fixed point. It holds for programs within <see cref="TextLimits"/> that keep the rules of their own types
/// (unique tensor names, ids that are indices, engines and enums that exist); chips may well refuse them. README.md
/// beside this file is the grammar.
/// </summary>
public static class ProgramText
{
    /// <summary>Version in the first line.</summary>
    public const int Version = 1;

    private const int DefaultGeneration = 3;

    /// <summary>The program as text.</summary>
    /// <param name="program">The program.</param>
    /// <param name="expand">Show the engine instructions of each operation in comments under it.</param>
    /// <param name="generation">Generation of the chip that expands: 2, 3 or 4.</param>
    public static string Print(Program program, bool expand = false, int generation = DefaultGeneration)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        Print(program, writer, expand, generation);
        return writer.ToString();
    }

    /// <summary>Writes the program as text, line by line; lines end with "\n" on every system.</summary>
    /// <param name="program">The program.</param>
    /// <param name="writer">Where it goes.</param>
    /// <param name="expand">Show the engine instructions of each operation in comments under it.</param>
    /// <param name="generation">Generation of the chip that expands: 2, 3 or 4.</param>
    public static void Print(Program program, TextWriter writer, bool expand = false, int generation = DefaultGeneration) =>
        new ProgramWriter(program, writer, expand ? new ExpansionWriter(program, generation) : null).Write();

    /// <summary>
    /// Reads a program. Every error becomes a diagnostic at its line (the first of each line), with the column in the
    /// message; nothing is thrown, whatever the text is.
    /// </summary>
    /// <param name="text">The whole text.</param>
    /// <param name="file">Name of the text in diagnostics.</param>
    /// <param name="locate">
    /// Give tensors and operations without a source of their own their line in this text, so that later findings about
    /// a program written by hand have a place. Printing then shows these places.
    /// </param>
    public static ParseResult Parse(string text, string file, bool locate = false) =>
        new ProgramReader(text, file, locate, OperationTable.All).Read();
}
