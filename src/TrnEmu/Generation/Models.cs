using TrnEmu.Compiler.Importers;
using TrnEmu.Compiler.Importers.HuggingFace;
using TrnEmu.Compiler.Quantisation;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Generation;

/// <summary>Finds the generating model that a target names.</summary>
internal static class Models
{
    /// <summary>How to read the model; null when the target is something else.</summary>
    /// <exception cref="TrnException">TRN1002: options of kernels were given for a model.</exception>
    public static Func<LanguageModel>? Find(string target, RunOptions options)
    {
        if (Loader(target) is not { } load) return null;
        if (options.Case is not null || options.Dims.Count > 0 || options.Inputs.Count > 0)
        {
            throw new TrnException(FailureKind.BadInput, Diagnostic.Error(
                Emulator.Target, "--case, --dim and --input are for kernels; a model takes --prompt or --tokens",
                new SourceSpan(target, 0)));
        }

        var dtype = options.DType ?? DType.Bf16;
        var isPlain = options.Weights is { Scaling: WeightScaling.None };
        var types = new ImportOptions(dtype, isPlain ? options.Weights!.Element : dtype);
        return () =>
        {
            var model = load(types);
            return options.Activations is null && isPlain ? model : model.Narrow(options);
        };
    }

    private static Func<ImportOptions, LanguageModel>? Loader(string target)
    {
        if (target == BuiltInModel.Name) return BuiltInModel.Load;
        if (target.EndsWith(".bin", StringComparison.Ordinal)) return types => LanguageModel.LoadLlama(target, types);
        return HuggingFaceModel.IsModel(target) ? types => LanguageModel.LoadHuggingFace(target, types) : null;
    }
}
