using System.CommandLine;
using System.Globalization;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Cli.Commands;

/// <summary>The options that say what is compiled: shared by run and compile.</summary>
internal sealed class WorkloadOptions
{
    private readonly Option<string?> _chip = CommonOptions.Chip();
    private readonly Option<string?> _case = new("--case") { Description = "One of a kernel's cases", HelpName = "NAME" };

    private readonly Option<string[]> _dim = new("--dim")
    {
        Description = "Set a dimension by name, such as M=4096 (repeatable)",
        HelpName = "NAME=N",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _dtype = new("--dtype")
    {
        Description = "Type of the tensors: fp32, bf16 or fp16 (default: the case's own, else bf16)",
        HelpName = "TYPE",
    };

    /// <summary>What to compile.</summary>
    public Argument<string?> Target { get; } = CommonOptions.Target();

    /// <summary>Adds argument and options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(Target);
        command.Add(_chip);
        command.Add(_case);
        command.Add(_dim);
        command.Add(_dtype);
    }

    /// <summary>The options as the facade takes them.</summary>
    public RunOptions Read(ParseResult parsed) => new()
    {
        Chip = parsed.GetValue(_chip),
        Case = parsed.GetValue(_case),
        Dims = Pairs.Parse("--dim", parsed.GetValue(_dim) ?? []).ToDictionary(p => p.Key, p => Extent(p.Key, p.Value)),
        DType = parsed.GetValue(_dtype) is { } name ? ParseDType(name) : null,
    };

    /// <summary>The target.</summary>
    /// <exception cref="TrnException">None was given.</exception>
    public string ReadTarget(ParseResult parsed) => parsed.GetValue(Target) ?? throw Pairs.Usage(
        "no TARGET: name a kernel (`trnemu kernels` lists them) or a .trn file");

    private static int Extent(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : throw Pairs.Usage($"--dim {name}={text}: expected a whole number from 1 to {int.MaxValue}");

    private static DType ParseDType(string name) =>
        DTypes.TryParse(name, out var dtype) && dtype.IsFloat()
            ? dtype
            : throw Pairs.Usage($"--dtype {name}: expected one of fp32, bf16, fp16");
}
