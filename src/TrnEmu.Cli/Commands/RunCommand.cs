using System.CommandLine;
using TrnEmu.Reports;

namespace TrnEmu.Cli.Commands;

/// <summary><c>trnemu run</c>: compiles if needed, executes, reports.</summary>
internal static class RunCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var workload = new WorkloadOptions();
        var arithmetic = new ArithmeticOptions();
        var input = CommonOptions.Input();
        var output = new Option<string?>("--output-dir") { Description = "Write outputs there as NAME.npy", HelpName = "DIR" };
        var only = CommonOptions.Choice("--only", "One pass alone: function or time", "function", "time");
        var reference = CommonOptions.Choice("--reference", "Compare with the fp64 reference (default) or not: fp64, none", "fp64", "none");
        var json = new Option<string?>("--json") { Description = "Write the result as JSON; - for standard output, alone", HelpName = "FILE|-" };
        var seed = new Option<long>("--seed") { Description = "Seed of random inputs", DefaultValueFactory = _ => 0 };
        var threads = new Option<int?>("--threads") { Description = "Host threads (default: all cores); never changes results" };
        var maxInstructions = new Option<long?>("--max-instructions") { Description = "Refuse programs with more operations, those of loops counted each time (default 20,000,000; of models 2,000,000)" };
        var maxIterations = new Option<long?>("--max-iterations") { Description = "Stop when the loops of a core run more often (default 1,000,000)" };
        var maxMemory = new Option<long?>("--max-memory") { Description = "Refuse programs whose tensors need more bytes (default 16 GiB)" };
        var command = new Command("run", "Compile if needed, execute, report");
        workload.AddTo(command);
        foreach (Option option in (Option[])[input, output, only, reference, json, seed, threads, maxInstructions, maxIterations, maxMemory]) command.Add(option);
        arithmetic.AddTo(command);

        command.SetAction(parsed =>
        {
            var defaults = workload.Read(parsed);
            var options = defaults with
            {
                Inputs = Pairs.Parse("--input", parsed.GetValue(input) ?? []),
                Seed = parsed.GetValue(seed),
                Arithmetic = arithmetic.Read(parsed),
                Progress = TokenProgress.On(terminal.Error),
                Threads = AtLeastOne("--threads", parsed.GetValue(threads) ?? defaults.Threads),
                Function = parsed.GetValue(only) != "time",
                Time = parsed.GetValue(only) != "function",
                Reference = parsed.GetValue(reference) != "none",
                InstructionLimit = parsed.GetValue(maxInstructions) is { } limit ? AtLeastOne("--max-instructions", limit) : null,
                MaxIterations = AtLeastOne("--max-iterations", parsed.GetValue(maxIterations) ?? defaults.MaxIterations),
                MaxMemory = AtLeastOne("--max-memory", parsed.GetValue(maxMemory) ?? defaults.MaxMemory),
            };
            var result = Emulator.Run(workload.ReadTarget(parsed), options);
            Write(terminal, result, parsed.GetValue(json), parsed.GetValue(output));
            return result.Passed ? ExitCode.Success : ExitCode.CheckFailed;
        });
        return command;
    }

    private static void Write(Terminal terminal, RunResult result, string? json, string? folder)
    {
        if (folder is not null) OutputFolder.Write(folder, result.Outputs);
        if (json == "-")
        {
            terminal.Output.WriteLine(RunJson.Write(result));
            return;
        }

        foreach (var warning in result.Diagnostics) terminal.Error.WriteLine(warning);
        if (json is not null) OutputFolder.WriteText(json, RunJson.Write(result) + "\n");
        TerminalReport.Write(Consoles.Over(terminal.Output), result);
    }

    private static T AtLeastOne<T>(string option, T value)
        where T : System.Numerics.INumber<T> =>
        value >= T.One ? value : throw Pairs.Usage(FormattableString.Invariant($"{option} {value}: expected at least 1"));
}
