using FsCheck;
using FsCheck.Fluent;
using Spectre.Console;
using TrnEmu.Reports;
using Property = TrnEmu.Tests.Support.Property;

namespace TrnEmu.Tests.Reports;

/// <summary>A line that is written without a console is what a console would have written.</summary>
public sealed class ReportWriterTests
{
    private const string Plain = "abz AZ09.,:;()[]{}<>|%#-+*/\\'\"`~ …";
    private const string All = Plain + "\u00b5\u00e9";

    [Fact]
    public void Lines_that_fit_are_those_of_a_console() => Property.ForAll(
        Lines(159).Zip(Gen.Choose(0, 159)),
        line =>
        {
            var (text, at) = (line.Item1, Math.Min(line.Item2, line.Item1.Length));
            Same(
                writer => writer.Line((text[..at], Tint.Green), (text[at..], Tint.None)),
                console => console.WriteLine(text));
        }, 300);

    [Fact]
    public void Longer_lines_are_broken_as_by_a_console() => Property.ForAll(
        Lines(400), line => Same(writer => writer.Line(line), console => console.WriteLine(line)), 300);

    private static Gen<string> Lines(int longest) =>
        from length in Gen.Choose(0, longest)
        from alphabet in Gen.Elements(Plain, Plain, All)
        from characters in Gen.Elements(alphabet.ToCharArray()).ArrayOf(length)
        select new string(characters);

    private static void Same(Action<ReportWriter> ours, Action<IAnsiConsole> theirs)
    {
        using var expected = new StringWriter();
        theirs(Consoles.Over(expected));
        using var written = new StringWriter();
        ours(new ReportWriter(written));
        Assert.Equal(expected.ToString(), written.ToString());
    }
}
