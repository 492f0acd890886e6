using System.CommandLine;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Text;

namespace TrnEmu.Cli.Commands;

/// <summary><c>trnemu fmt F.trn</c>: prints the program in the canonical form.</summary>
internal static class FmtCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.ProgramFile();
        var expand = new Option<bool>("--expand") { Description = "Show the engine instructions under each operation." };
        var command = new Command("fmt", "Print a .trn program in canonical form") { file, expand };
        command.SetAction(parsed =>
        {
            var program = ProgramFile.Load(parsed.GetValue(file)!, locate: false);
            ProgramText.Print(program, terminal.Output, parsed.GetValue(expand), Chip.Load(program.Chip).Generation);
            return ExitCode.Success;
        });
        return command;
    }
}
