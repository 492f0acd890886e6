using System.CommandLine;
using System.Globalization;

namespace TrnEmu.Cli.Commands;

/// <summary>Arguments and options that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>A .trn file.</summary>
    public static Argument<string> ProgramFile() => new("F.trn") { Description = "A program in text form." };

    /// <summary>What to run or compile.</summary>
    public static Argument<string?> Target() => new("TARGET")
    {
        Description = "A kernel's name (`trnemu kernels`), a .trn file or a model (.onnx, llama2.c .bin, a folder with config.json and safetensors, a graph .json); to run also a .py that calls NKI kernels; the built-in model when left out.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>Chip name or file.</summary>
    public static Option<string?> Chip() => new("--chip")
    {
        Description = "trn1, inf2, trn2 (default), trn3, unit, or a chip file",
        HelpName = "NAME|FILE.json",
    };

    /// <summary>Dimensions by name.</summary>
    public static Option<string[]> Dim() => new("--dim")
    {
        Description = "Set a dimension by name, such as M=4096 (repeatable)",
        HelpName = "NAME=N",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>The dimensions that were given.</summary>
    public static IReadOnlyDictionary<string, int> ReadDims(ParseResult parsed, Option<string[]> option) =>
        Pairs.Parse("--dim", parsed.GetValue(option) ?? []).ToDictionary(p => p.Key, p => Extent(p.Key, p.Value));

    /// <summary>Values of inputs.</summary>
    public static Option<string[]> Input() => new("--input")
    {
        Description = "Values of an input; others are random (repeatable)",
        HelpName = "NAME=FILE.npy",
    };

    /// <summary>Machine-readable output.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    /// <summary>One of some words.</summary>
    public static Option<string?> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', values) };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static int Extent(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 0
            ? value
            : throw Pairs.Usage($"--dim {name}={text}: expected a whole number from 0 to {int.MaxValue}");
}
