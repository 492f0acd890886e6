using System.CommandLine;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Text;
using TrnEmu.PythonModule;

namespace TrnEmu.Cli.Commands;

/// <summary><c>trnemu isa</c>: the instruction set, read from the code.</summary>
internal static class IsaCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string?>("NAME") { Description = "An operation; without one, all are listed.", Arity = ArgumentArity.ZeroOrOne };
        var json = CommonOptions.Json();
        var gaps = new Option<bool>("--gaps") { Description = "List what the public documents leave open, and what the emulator does there" };
        var python = new Option<bool>("--python") { Description = "Write the functions of the Python module nki.isa" };
        var command = new Command("isa", "Describe the instruction set") { name, json, gaps, python };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(gaps))
            {
                terminal.Output.Write(IsaText.Gaps(Gap.All));
                return ExitCode.Success;
            }

            var operations = parsed.GetValue(name) is { } wanted ? [Find(wanted)] : OperationInfo.All;
            var chips = Chip.Known.Select(Chip.Load).ToArray();
            if (parsed.GetValue(python))
            {
                terminal.Output.Write(PythonIsa.Write(chips));
                return ExitCode.Success;
            }

            if (parsed.GetValue(json)) JsonText.Write(terminal.Output, writer => IsaJson.Write(writer, operations, chips));
            else terminal.Output.WriteLine(parsed.GetValue(name) is null ? IsaText.List(operations) : IsaText.Page(operations[0], chips));
            return ExitCode.Success;
        });
        return command;
    }

    private static OperationInfo Find(string name) => OperationInfo.Find(name) ?? throw new TrnException(
        FailureKind.BadInput, Diagnostic.Error(
            CommandLineErrors.Usage, $"there is no operation {name}; `trnemu isa` lists them", SourceSpan.None));
}
