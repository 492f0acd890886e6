using System.CommandLine;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Text;

namespace TrnEmu.Cli.Commands;

/// <summary><c>trnemu compile</c>: the passes alone, as text.</summary>
internal static class CompileCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var workload = new WorkloadOptions();
        var output = new Option<string?>("-o", "--output") { Description = "Write the program there instead of printing it", HelpName = "F.trn" };
        var dump = new Option<string?>("--dump-after")
        {
            Description = "Print the program after a stage: all, trace, " + string.Join(", ", Pipeline.Passes.Select(p => p.Name)),
            HelpName = "PASS|all",
        };
        dump.AcceptOnlyFromAmong(["all", Pipeline.Trace, .. Pipeline.Passes.Select(p => p.Name)]);
        var command = new Command("compile", "Compile a kernel, model or program and print it as text");
        workload.AddTo(command);
        command.Add(output);
        command.Add(dump);
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(dump);
            var options = new CompileOptions
            {
                AfterPass = (pass, program) => Dump(terminal.Output, wanted, pass, program),
            };
            var compilation = Emulator.Compile(workload.ReadTarget(parsed), workload.Read(parsed), options);
            if (parsed.GetValue(output) is { } path) OutputFolder.WriteProgram(path, compilation);
            else if (wanted is null) ProgramText.Print(compilation.Program, terminal.Output);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Dump(TextWriter output, string? wanted, string pass, Program program)
    {
        if (wanted != pass && wanted != "all") return;
        output.WriteLine($"# after {pass}");
        ProgramText.Print(program, output);
        output.WriteLine();
    }
}
