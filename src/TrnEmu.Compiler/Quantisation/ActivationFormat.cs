using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Quantisation;

/// <summary>The narrow form in which the products of a model's layers read activations.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Element">Type of an element.</param>
/// <param name="Weights">Format of the matrices that they meet, unless the user names another.</param>
/// <param name="IsMicroscaled">Blocks of 32 have a scale, which the chip finds; else a whole tensor has one, by
/// calibration.</param>
public sealed record ActivationFormat(string Name, DType Element, string Weights, bool IsMicroscaled)
{
    private static readonly ActivationFormat[] Known =
    [
        new("fp8_e4m3", DType.Fp8E4M3, "fp8_e4m3", false),
        new("fp8_e5m2", DType.Fp8E5M2, "fp8_e5m2", false),
        new("mxfp8", DType.Fp8E4M3Fn, "mxfp8", true),
        new("mxfp4", DType.Fp8E4M3Fn, "mxfp4", true),
    ];

    /// <summary>Names that <see cref="TryParse"/> knows, for messages.</summary>
    public const string Expected = "fp8_e4m3, fp8_e5m2, mxfp8, mxfp4";

    /// <summary><see cref="Weights"/> as a format.</summary>
    public WeightFormat DefaultWeights =>
        WeightFormat.TryParse(Weights, out var format) ? format : throw new InvalidOperationException(Weights);

    /// <summary>Finds a format by its name; false when there is none.</summary>
    public static bool TryParse(string text, out ActivationFormat format)
    {
        format = Array.Find(Known, k => k.Name == text)!;
        return format is not null;
    }
}
