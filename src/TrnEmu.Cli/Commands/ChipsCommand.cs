using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TrnEmu.Core.Chips;

namespace TrnEmu.Cli.Commands;

/// <summary><c>trnemu chips</c>: the chips and every number that predictions rest on.</summary>
internal static class ChipsCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string?>("NAME") { Description = "A chip or a chip file; without one, all are listed.", Arity = ArgumentArity.ZeroOrOne };
        var json = CommonOptions.Json();
        var command = new Command("chips", "List the chips, or every number of one with its source") { name, json };
        command.SetAction(parsed =>
        {
            var chips = parsed.GetValue(name) is { } wanted ? [Chip.Load(wanted)] : Chip.Known.Select(Chip.Load).ToArray();
            if (parsed.GetValue(json)) JsonText.Write(terminal.Output, writer => Write(writer, chips));
            else if (parsed.GetValue(name) is null) List(terminal.Output, chips);
            else Page(terminal.Output, chips[0]);
            return ExitCode.Success;
        });
        return command;
    }

    private static void List(TextWriter output, IEnumerable<Chip> chips)
    {
        foreach (var chip in chips)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{chip.Name,-5} {chip.Title}: generation {chip.Generation}, sub-version {chip.SubVersion}, {chip.Cores.Value} cores, SBUF 128 x {chip.SbufBytesPerPartition.Value / 1024} KiB, PSUM 128 x {chip.PsumBytesPerPartition / 1024} KiB"));
        }
    }

    private static void Page(TextWriter output, Chip chip)
    {
        output.WriteLine($"{chip.Name}: {chip.Title}, generation {chip.Generation}, sub-version {chip.SubVersion}\n");
        var numbers = ChipNumbers.Of(chip).ToArray();
        var width = numbers.Max(n => n.Path.Length);
        foreach (var (path, q) in numbers)
        {
            var value = string.Create(CultureInfo.InvariantCulture, $"{q.Value:0.####} {q.Unit}");
            output.WriteLine($"{path.PadRight(width)} {value,-20} {q.Basis.ToString().ToLowerInvariant(),-10}  {q.Source}");
        }
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<Chip> chips)
    {
        json.WriteStartArray();
        foreach (var chip in chips)
        {
            json.WriteStartObject();
            json.WriteString("name", chip.Name);
            json.WriteString("title", chip.Title);
            json.WriteNumber("generation", chip.Generation);
            json.WriteNumber("sub_version", chip.SubVersion);
            json.WriteStartObject("numbers");
            foreach (var (path, q) in ChipNumbers.Of(chip))
            {
                json.WriteStartObject(path);
                json.WriteNumber("value", q.Value);
                json.WriteString("unit", q.Unit);
                json.WriteString("basis", q.Basis.ToString().ToLowerInvariant());
                json.WriteString("source", q.Source);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
