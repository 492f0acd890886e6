using System.CommandLine;
using TrnEmu.Accuracy;
using TrnEmu.Compiler.Quantisation;
using TrnEmu.Data;
using TrnEmu.Reports;

namespace TrnEmu.Cli.Commands;

/// <summary><c>trnemu accuracy</c>: a model with its weights in several formats, side by side.</summary>
internal static class AccuracyCommand
{
    private const string Usual = "bf16,fp8_e4m3fn,fp8_e5m2,int8,mxfp8,mxfp4";

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var workload = new WorkloadOptions();
        var arithmetic = new ArithmeticOptions();
        var formats = new Option<string>("--formats")
        {
            Description = $"Formats with commas between them, of {WeightFormat.Expected}",
            HelpName = "F,G,H",
            DefaultValueFactory = _ => Usual,
        };
        var input = CommonOptions.Input();
        var labels = new Option<string?>("--labels")
        {
            Description = "For each row of the first output the index that should be its largest element",
            HelpName = "FILE.npy",
        };
        var json = new Option<string?>("--json")
        {
            Description = "Write the result as JSON; - for standard output, alone",
            HelpName = "FILE|-",
        };
        var command = new Command("accuracy", "Compare what a model gives with its weights in several formats");
        workload.AddTo(command);
        foreach (Option option in (Option[])[formats, input, labels, json]) command.Add(option);
        arithmetic.AddTo(command);
        command.SetAction(parsed =>
        {
            var options = workload.Read(parsed) with
            {
                Inputs = Pairs.Parse("--input", parsed.GetValue(input) ?? []),
                Arithmetic = arithmetic.Read(parsed),
            };
            var right = parsed.GetValue(labels) is { } file ? Npy.ReadNumbers(file).Values : null;
            var rows = AccuracyRun.Of(workload.ReadTarget(parsed), options, Formats(parsed.GetValue(formats)!), right);
            Write(terminal, rows, parsed.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(Terminal terminal, IReadOnlyList<AccuracyRow> rows, string? json)
    {
        if (json == "-")
        {
            terminal.Output.WriteLine(AccuracyJson.Write(rows));
            return;
        }

        if (json is not null) OutputFolder.WriteText(json, AccuracyJson.Write(rows) + "\n");
        AccuracyTable.Write(Consoles.Over(terminal.Output), rows);
    }

    private static IReadOnlyList<WeightFormat> Formats(string text) => [.. text.Split(',').Select(
        name => WeightFormat.TryParse(name, out var format)
            ? format : throw Pairs.Usage($"--formats {name}: expected some of {WeightFormat.Expected}"))];
}
