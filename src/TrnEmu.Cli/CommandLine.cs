using System.CommandLine;
using TrnEmu.Cli.Commands;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Cli;

/// <summary>
/// The command line. Exit codes: 0 all good, 1 a check failed, 2 bad input, 3 a fault of the emulated machine, 70 a bug
/// in TrnEmu, 130 interrupted.
/// </summary>
public static class CommandLine
{
    static CommandLine() => Emulator.KernelAssemblies.Add(typeof(Kernels.Softmax.Softmax).Assembly);

    /// <summary>Runs one command with its output going to the given writers.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            var terminal = new Terminal(output, error);
            var parsed = Root(terminal).Parse(args);
            return parsed.Errors.Count == 0
                ? parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false })
                : CommandLineErrors.Report(parsed, error);
        }
        catch (TrnException e)
        {
            foreach (var diagnostic in e.Diagnostics) error.WriteLine(Printable(diagnostic.ToString()));
            return e.Kind == FailureKind.Fault ? ExitCode.Fault : ExitCode.BadInput;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(Diagnostic.Error(CommandLineErrors.Usage, $"the output cannot be written: {e.Message}", SourceSpan.None));
            return ExitCode.BadInput;
        }
        catch (Exception e)
        {
            error.WriteLine("This is a bug in TrnEmu. Please report it with the command, the input and these lines:");
            error.WriteLine($"trnemu {Versions.TrnEmu}, .NET {Environment.Version}");
            error.WriteLine(e);
            return ExitCode.Bug;
        }
    }

    /// <summary>Names from a user's files are in findings: what would steer the terminal is not passed on.</summary>
    private static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? '\uFFFD' : c));

    private static RootCommand Root(Terminal terminal) => new(
        "An emulator of a Trainium-like NeuronCore: executes kernels and models with the chip's arithmetic and explains every cycle.")
    {
        RunCommand.Create(terminal),
        CompileCommand.Create(terminal),
        CheckCommand.Create(terminal),
        FmtCommand.Create(terminal),
        IsaCommand.Create(terminal),
        ChipsCommand.Create(terminal),
        KernelsCommand.Create(terminal),
        AccuracyCommand.Create(terminal),
        ValidateCommand.Create(terminal),
        ReportCommand.Create(),
        FuzzCommand.Create(terminal),
        HelpCommand.Create(terminal),
    };
}
