using System.CommandLine;
using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Passes;
using TrnEmu.Core.Text;

namespace TrnEmu.Cli.Commands;

/// <summary><c>trnemu compile</c>: the passes alone, as text.</summary>
internal static class CompileCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var workload = new WorkloadOptions();
        var output = new Option<string?>("-o", "--output")
        {
            Description = "Write the program there instead of printing it",
            HelpName = "F.trn",
        };
        var dump = new Option<string?>("--dump-after")
        {
            Description = "Print what there is after a stage: all, graph (of models), trace, "
                + string.Join(", ", Pipeline.Passes.Select(p => p.Name)),
            HelpName = "PASS|all",
        };
        var graph = new Option<string?>("--graph")
        {
            Description = "Write the graph of a model as JSON, its constants to FILE.json.bin beside it",
            HelpName = "FILE.json",
        };
        dump.AcceptOnlyFromAmong(["all", Pipeline.Graph, Pipeline.Trace, .. Pipeline.Passes.Select(p => p.Name)]);
        var command = new Command("compile", "Compile a kernel, model or program and print it as text");
        workload.AddTo(command);
        command.Add(output);
        command.Add(dump);
        command.Add(graph);
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(dump);
            var graphPath = parsed.GetValue(graph);
            Model? compiled = null;
            var options = new CompileOptions
            {
                Warn = warning => terminal.Error.WriteLine(warning),
                Graph = model =>
                {
                    compiled = model;
                    Dump(terminal.Output, wanted, Pipeline.Graph, text => text.Write(GraphText.Print(model.Graph)));
                },
                AfterPass = (pass, program) => Dump(
                    terminal.Output, wanted, pass, text => ProgramText.Print(program, text)),
            };
            var compilation = Emulator.Compile(workload.ReadTarget(parsed), workload.Read(parsed), options);
            if (graphPath is not null) OutputFolder.WriteGraph(
                graphPath, compiled ?? throw CommandLineErrors.NoGraph(workload.ReadTarget(parsed)));
            if (parsed.GetValue(output) is { } path) OutputFolder.WriteProgram(path, compilation);
            else if (wanted is null && graphPath is null) ProgramText.Print(compilation.Program, terminal.Output);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Dump(TextWriter output, string? wanted, string stage, Action<TextWriter> print)
    {
        if (wanted != stage && wanted != "all") return;
        output.WriteLine($"# after {stage}");
        print(output);
        output.WriteLine();
    }
}
