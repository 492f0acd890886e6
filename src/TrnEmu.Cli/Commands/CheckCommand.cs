using System.CommandLine;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Chips;

namespace TrnEmu.Cli.Commands;

/// <summary><c>trnemu check F.trn</c>: parses and verifies, prints every finding.</summary>
internal static class CheckCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.ProgramFile();
        var chip = CommonOptions.Chip();
        var command = new Command("check", "Parse and verify a .trn program, and print every finding") { file, chip };
        command.SetAction(parsed =>
        {
            var program = ProgramFile.Load(parsed.GetValue(file)!);
            var target = Chip.Load(parsed.GetValue(chip) ?? program.Chip);
            Pipeline.Verify(program, target);
            terminal.Output.WriteLine(FormattableString.Invariant(
                $"{parsed.GetValue(file)}: {program.Cores.Sum(c => c.Entries.Count)} operations, legal on {target.Name}"));
            return ExitCode.Success;
        });
        return command;
    }
}
