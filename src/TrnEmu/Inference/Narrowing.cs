using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Quantisation;
using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Inference;

/// <summary>Gives a model the narrow formats that the options ask for: of its matrices, and of what they
/// meet.</summary>
internal static class Narrowing
{
    /// <summary>Formats that do not go together, or not with the chip.</summary>
    public static readonly DiagnosticCode Unfit = new(
        "TRN1006", "narrow activations",
        "Microscaled activations meet microscaled weights, on chips of generation 4; those of fp8 have calibrated scales.",
        "Take --chip trn3, or name the format with --weights alone, which dequantises on earlier chips.");

    /// <summary>The model as it is to be compiled.</summary>
    /// <param name="model">As it was read.</param>
    /// <param name="options">Of the run.</param>
    /// <param name="calibrate">Runs the model on the inputs of the run.</param>
    /// <exception cref="TrnException">TRN1006.</exception>
    public static Model Apply(Model model, RunOptions options, Action<Calibration> calibrate)
    {
        var (weights, rule) = (options.Weights, options.Arithmetic.MxScale);
        if (options.Activations is { IsMicroscaled: false } fp8)
            return Fp8Products.Apply(model, fp8, weights, rule, calibrate);
        if (options.Activations is null && weights is null) return model;
        var chip = options.LoadChip("trn2");
        if (options.Activations is { } mx)
        {
            weights ??= mx.DefaultWeights;
            if (weights.Scaling != WeightScaling.Mx)
                throw Bad($"--dtype {mx.Name} with --weights {weights.Name}: the weights must be mxfp8 or mxfp4");
            const int Needed = Quantiser.MxGeneration;
            var own = chip.Generation;
            if (own < Needed)
                throw Bad($"--dtype {mx.Name} needs a chip of generation {Needed}, {chip.Name} is of generation {own}");
        }

        return Quantiser.Apply(model, weights!, rule, chip.Generation);
    }

    /// <summary>Refuses narrow activations of what is no model.</summary>
    /// <exception cref="TrnException">TRN1006.</exception>
    public static void CheckNone(string target, RunOptions options)
    {
        if (options.Activations is { } format)
            throw Bad($"--dtype {format.Name} is for models (.onnx, .bin), {target} is none: expected fp32, bf16 or fp16");
    }

    private static TrnException Bad(FormattableString message) => new(
        FailureKind.BadInput, Diagnostic.Error(Unfit, FormattableString.Invariant(message), SourceSpan.None));
}
