using System.CommandLine;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Cli;

/// <summary>Turns what System.CommandLine finds into diagnostics like all others.</summary>
internal static class CommandLineErrors
{
    /// <summary>An unknown command or option, or a value that is not understood.</summary>
    public static readonly DiagnosticCode Usage = new(
        "TRN1001", "command line", "The command line names something that does not exist or has a value of the wrong kind.",
        "`trnemu --help` lists the commands, `trnemu COMMAND --help` its options.");

    /// <summary>One line for each finding.</summary>
    public static int Report(ParseResult parsed, TextWriter error)
    {
        foreach (var finding in parsed.Errors) error.WriteLine(Diagnostic.Error(Usage, finding.Message, SourceSpan.None));
        error.WriteLine($"See `{Path(parsed.CommandResult.Command)} --help`.");
        return ExitCode.BadInput;
    }

    /// <summary>--graph was given for a target that is no model.</summary>
    public static TrnException NoGraph(string target) => new(FailureKind.BadInput, Diagnostic.Error(
        Usage, "--graph: kernels and programs have no graph, models have", new SourceSpan(target, 0)));

    private static string Path(Command command) => command is RootCommand ? "trnemu" : $"trnemu {command.Name}";
}
