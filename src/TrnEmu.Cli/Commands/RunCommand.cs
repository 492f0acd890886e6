using System.CommandLine;

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
        var results = new ResultOptions();
        var arguments = new Argument<string[]>("ARGS") { Description = "Arguments of a script's own, after --", Arity = ArgumentArity.ZeroOrMore };
        var only = CommonOptions.Choice("--only", "One pass alone: function or time", "function", "time");
        var reference = CommonOptions.Choice("--reference", "Compare with the fp64 reference (default) or not: fp64, none", "fp64", "none");
        var seed = new Option<long>("--seed") { Description = "Seed of random inputs", DefaultValueFactory = _ => 0 };
        var threads = new Option<int?>("--threads") { Description = "Host threads (default: all cores); never changes results" };
        var maxInstructions = new Option<long?>("--max-instructions") { Description = "Refuse programs with more operations, those of loops counted each time (default 20,000,000; of models 2,000,000)" };
        var maxIterations = new Option<long?>("--max-iterations") { Description = "Stop when the loops of a core run more often (default 1,000,000)" };
        var maxMemory = new Option<long?>("--max-memory") { Description = "Refuse programs whose tensors need more bytes (default 16 GiB)" };
        var command = new Command("run", "Compile if needed, execute, report");
        workload.AddTo(command);
        command.Add(arguments);
        results.AddTo(command);
        foreach (Option option in (Option[])[input, only, reference, seed, threads, maxInstructions, maxIterations, maxMemory]) command.Add(option);
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
            results.Check(parsed, options);
            var (target, own) = (workload.ReadTarget(parsed), parsed.GetValue(arguments) ?? []);
            if (PythonScript.Is(target)) return PythonScript.OfEnvironment().Run(terminal, target, own, ScriptOptions.Json(parsed, options));
            if (own.Length > 0) throw Pairs.Usage($"{own[0]}: only a script (.py) has arguments of its own");
            var result = Emulator.Run(target, options);
            results.Write(parsed, terminal, result);
            return result.Passed ? ExitCode.Success : ExitCode.CheckFailed;
        });
        return command;
    }

    private static T AtLeastOne<T>(string option, T value)
        where T : System.Numerics.INumber<T> =>
        value >= T.One ? value : throw Pairs.Usage(FormattableString.Invariant($"{option} {value}: expected at least 1"));
}
