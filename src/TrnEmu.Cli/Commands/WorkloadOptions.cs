using System.CommandLine;
using System.Globalization;
using TrnEmu.Compiler.Quantisation;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Cli.Commands;

/// <summary>The options that say what is compiled: shared by run and compile.</summary>
internal sealed class WorkloadOptions
{
    private readonly Option<string?> _chip = CommonOptions.Chip();
    private readonly Option<string?> _case = new("--case") { Description = "One of a kernel's cases", HelpName = "NAME" };

    private readonly Option<string[]> _dim = CommonOptions.Dim();

    private readonly Option<string?> _dtype = new("--dtype")
    {
        Description = "Type of the tensors: fp32, bf16 or fp16 (default: the case's own, else bf16); of models also what"
            + $" the products of layers read, the rest bf16: {ActivationFormat.Expected}",
        HelpName = "TYPE",
    };

    private readonly Option<string?> _weights = new("--weights")
    {
        Description = $"How the matrices of a model's layers are stored: {WeightFormat.Expected} (default: --dtype)",
        HelpName = "FORMAT",
    };

    private readonly Option<string[]> _whatIf = new("--what-if")
    {
        Description =
            "Take another number for the chip, such as dma.generation_ns=0 (repeatable; keys: `trnemu chips NAME`)",
        HelpName = "KEY=VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly GenerationOptions _generation = new();
    private readonly PassChoices _passes = new();

    /// <summary>What to compile.</summary>
    public Argument<string?> Target { get; } = CommonOptions.Target();

    /// <summary>Adds argument and options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(Target);
        command.Add(_chip);
        command.Add(_whatIf);
        command.Add(_case);
        command.Add(_dim);
        command.Add(_dtype);
        command.Add(_weights);
        _passes.AddTo(command);
        _generation.AddTo(command);
    }

    /// <summary>The options as the facade takes them.</summary>
    public RunOptions Read(ParseResult parsed) => _passes.Read(parsed, _generation.Read(parsed)) with
    {
        Chip = parsed.GetValue(_chip),
        WhatIf = [.. Pairs.Parse("--what-if", parsed.GetValue(_whatIf) ?? [])
            .Select(p => KeyValuePair.Create(p.Key, Number(p.Key, p.Value)))],
        Case = parsed.GetValue(_case),
        Dims = CommonOptions.ReadDims(parsed, _dim),
        DType = parsed.GetValue(_dtype) is { } name && Activations(name) is null ? ParseDType("--dtype", name) : null,
        Activations = Activations(parsed.GetValue(_dtype)),
        Weights = parsed.GetValue(_weights) is { } weights ? ParseFormat(weights) : null,
    };

    /// <summary>The target; the built-in model when none is named.</summary>
    public string ReadTarget(ParseResult parsed) => parsed.GetValue(Target) ?? Emulator.BuiltIn;

    private static double Number(string key, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Pairs.Usage($"--what-if {key}={text}: expected a number alone, in the unit that `trnemu chips` shows for it");

    private static WeightFormat ParseFormat(string text) => WeightFormat.TryParse(text, out var format)
        ? format
        : throw Pairs.Usage($"--weights {text}: expected one of {WeightFormat.Expected}");

    private static ActivationFormat? Activations(string? name) =>
        name is not null && ActivationFormat.TryParse(name, out var format) ? format : null;

    private static DType ParseDType(string option, string name) =>
        DTypes.TryParse(name, out var dtype) && dtype is DType.Fp32 or DType.Bf16 or DType.Fp16
            ? dtype
            : throw Pairs.Usage($"{option} {name}: expected one of fp32, bf16, fp16, of models also {ActivationFormat.Expected}");
}
