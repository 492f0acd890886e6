using System.CommandLine;
using TrnEmu.Reports;
using TrnEmu.Validation;

namespace TrnEmu.Cli.Commands;

/// <summary><c>trnemu validate</c>: predicted against measured.</summary>
internal static class ValidateCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var rows = new Option<string?>("--rows")
        {
            Description =
                "Your own measurements (format: src/TrnEmu/Validation/README.md) in place of the published ones",
            HelpName = "FILE",
        };
        var chip = new Option<string?>("--chip")
        {
            Description = "Only what concerns this chip, as the rows name it",
            HelpName = "NAME",
        };
        var json = new Option<string?>("--json")
        {
            Description = "Write the result as JSON; - for standard output, alone",
            HelpName = "FILE|-",
        };
        var command = new Command("validate", "Compare predicted with measured times; exit 1 when a limit is missed")
        {
            rows, chip, json,
        };
        command.SetAction(parsed =>
        {
            var set = parsed.GetValue(rows) is { } file ? MeasurementFile.Load(file) : MeasurementFile.BuiltIn();
            var result = Validator.Run(set, parsed.GetValue(chip));
            Write(terminal, result, parsed.GetValue(json));
            return result.Passed ? ExitCode.Success : ExitCode.CheckFailed;
        });
        return command;
    }

    private static void Write(Terminal terminal, ValidationResult result, string? json)
    {
        if (json == "-")
        {
            terminal.Output.WriteLine(ValidationJson.Write(result));
            return;
        }

        if (json is not null) OutputFolder.WriteText(json, ValidationJson.Write(result) + "\n");
        ValidationText.Write(Consoles.Over(terminal.Output), result);
    }
}
