using System.CommandLine;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Cli.Commands;

/// <summary>The options that change what is computed; without them it is what the chip computes.</summary>
internal sealed class ArithmeticOptions
{
    private readonly Option<string?> _overflow = CommonOptions.Choice(
        "--fp8-overflow", "fp8 beyond its largest number: infinity, or NaN where there is none (default), or saturate",
        "infinity", "saturate");

    private readonly Option<long?> _rounding = new("--stochastic-rounding")
    {
        Description = "Round narrow floats up or down at random, by a seed, in place of to nearest",
        HelpName = "SEED",
    };

    private readonly Option<string?> _scale = CommonOptions.Choice(
        "--mx-scale", "Scale that quantize_mx gives a group: the chip's (default), or that of OCP", "chip", "ocp");

    private readonly Option<bool> _lenient = new("--lenient")
    {
        Description = "Give the mathematical value for what is undefined on the chip, in place of a fault",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_overflow, _rounding, _scale, _lenient]) command.Add(option);
    }

    /// <summary>The options as the facade takes them.</summary>
    public Arithmetic Read(ParseResult parsed) => new()
    {
        Fp8Overflow = parsed.GetValue(_overflow) == "saturate" ? Fp8Overflow.Saturate : Fp8Overflow.Infinity,
        RoundingSeed = parsed.GetValue(_rounding),
        MxScale = parsed.GetValue(_scale) == "ocp" ? MxScaleRule.Ocp : MxScaleRule.Chip,
        IsStrict = !parsed.GetValue(_lenient),
    };
}
