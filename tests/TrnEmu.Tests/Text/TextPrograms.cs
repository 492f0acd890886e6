using System.Globalization;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Text;
using TrnEmu.Core.Text.Reading;
using TrnEmu.Core.Text.Writing;

namespace TrnEmu.Tests.Text;

/// <summary>The text form over the instruction set and the operation of the tests.</summary>
internal static class TextPrograms
{
    public static IReadOnlyList<OperationInfo> Operations { get; } =
        [.. OperationInfo.All, OperationInfo.Of(typeof(SampleOperation))];

    private static OperationTable Table { get; } = new(Operations);

    public static ParseResult Parse(string text, string file = "t.trn", bool locate = false) =>
        new ProgramReader(text, file, locate, Table).Read();

    public static Program Read(string text)
    {
        var result = Parse(text);
        Assert.Empty(result.Diagnostics);
        return result.Program!;
    }

    /// <summary>What is printed can be read, is the same program, and prints the same again.</summary>
    public static void CheckRoundTrip(Program program)
    {
        var text = ProgramText.Print(program);
        var again = Read(text);
        Assert.Equal(program.Tensors.AsEnumerable(), again.Tensors);
        foreach (var (core, i) in program.Cores.Select((c, i) => (c, i))) Assert.Equal(core.Entries.AsEnumerable(), again.Cores[i].Entries);
        Assert.Equal(program, again);
        Assert.Equal(text, ProgramText.Print(again));
    }

    public static string Expanded(Program program)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        new ProgramWriter(program, writer, new ExpansionWriter(program, 3)).Write();
        return writer.ToString();
    }
}
