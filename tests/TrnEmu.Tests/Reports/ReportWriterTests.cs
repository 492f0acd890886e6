using FsCheck.Fluent;
using Spectre.Console;
using TrnEmu.Reports;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Reports;

/// <summary>A line that is written without a console is what a console would have written.</summary>
public sealed class ReportWriterTests
{
    private const string Characters = "abz AZ09.,:;()[]{}<>|%#-+*/\\'\"`~ …\u00b5\u00e9\t";

    [Fact]
    public void Lines_are_those_of_a_console() => Property.ForAll(
        Gen.Elements(Characters.ToCharArray()).ArrayOf().Resize(200).Zip(Gen.Choose(0, 200)),
        line =>
        {
            var text = new string(line.Item1);
            var at = Math.Min(line.Item2, text.Length);
            using var ours = new StringWriter();
            new ReportWriter(ours).Line((text[..at], Tint.Green), (text[at..], Tint.None));

            using var theirs = new StringWriter();
            var console = Consoles.Over(theirs);
            console.MarkupLine($"[green]{text[..at].EscapeMarkup()}[/]{text[at..].EscapeMarkup()}");

            Assert.Equal(theirs.ToString(), ours.ToString());
        }, 300);
}
