using System.CommandLine;
using System.Globalization;
using TrnEmu.Inference;

namespace TrnEmu.Cli.Commands;

/// <summary><c>trnemu fuzz</c>: models with changed bytes are compiled or refused.</summary>
internal static class FuzzCommand
{
    private const int DefaultCount = 10_000;

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL.onnx") { Description = "A model." };
        var count = new Option<int>("--count") { Description = "Mutations", DefaultValueFactory = _ => DefaultCount };
        var seed = new Option<int>("--seed") { Description = "Of the changes", DefaultValueFactory = _ => 0 };
        var dim = CommonOptions.Dim();
        var command = new Command("fuzz", "Change bytes of a model and compile it, again and again: exit 0, or 70 for a bug")
        {
            model, count, seed, dim,
        };
        command.SetAction(parsed =>
        {
            var options = new RunOptions { Dims = CommonOptions.ReadDims(parsed, dim) };
            var result = ModelFuzz.Run(parsed.GetValue(model)!, options, parsed.GetValue(count), parsed.GetValue(seed));
            terminal.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Compiled} compiled, {result.Refused} refused; at most {result.SlowestSeconds:0.00} s and {result.MostBytes / 1e6:0} MB for one"));
            return ExitCode.Success;
        });
        return command;
    }
}
