using System.CommandLine;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Cli.Commands;

/// <summary><c>trnemu help TRN2103</c>: explains a diagnostic and its mend.</summary>
internal static class HelpCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var topic = new Argument<string?>("CODE")
        {
            Description = "A diagnostic's code, such as TRN2103; without one, all codes are listed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("help", "Explain a diagnostic and how to mend it") { topic };
        command.SetAction(parsed => Show(terminal, parsed.GetValue(topic)));
        return command;
    }

    private static int Show(Terminal terminal, string? id)
    {
        var codes = DiagnosticCodes.In(
            typeof(Diagnostic).Assembly, typeof(Sim.TimePass).Assembly, typeof(Compiler.FrontEnd.KernelBuilder).Assembly,
            typeof(Emulator).Assembly, typeof(HelpCommand).Assembly);
        if (id is null)
        {
            foreach (var code in codes) terminal.Output.WriteLine($"{code.Id}  {code.Title}");
            return ExitCode.Success;
        }

        if (codes.FirstOrDefault(c => string.Equals(c.Id, id, StringComparison.OrdinalIgnoreCase)) is not { } found)
        {
            throw new TrnException(FailureKind.BadInput, Diagnostic.Error(
                CommandLineErrors.Usage, $"there is no diagnostic {id}; `trnemu help` lists them", SourceSpan.None));
        }

        terminal.Output.WriteLine($"{found.Id}: {found.Title}\n\nWhy: {found.Reason}\n\nWhat to do: {found.Mend}");
        return ExitCode.Success;
    }
}
