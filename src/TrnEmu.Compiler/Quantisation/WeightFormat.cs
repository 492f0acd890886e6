using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Quantisation;

/// <summary>What share one scale, in a quantised matrix of weights.</summary>
public enum WeightScaling : byte
{
    /// <summary>No scale: the values are rounded as they are.</summary>
    None,

    /// <summary>All elements.</summary>
    Tensor,

    /// <summary>Each output, a column of w[K, N].</summary>
    Channel,

    /// <summary>Each 32 elements of a column, a power of two (OCP Microscaling Formats).</summary>
    Mx,
}

/// <summary>How the matrices of a model are stored.</summary>
/// <param name="Name">As the command line has it: <c>fp8_e4m3fn:channel</c>, <c>mxfp4</c>.</param>
/// <param name="Element">Element type; of mxfp4, two fp4_e2m1 in each byte: uint8.</param>
/// <param name="Scaling">What shares a scale.</param>
/// <param name="Largest">Largest magnitude of an element; what is beyond saturates.</param>
/// <param name="EMax">Exponent of the largest element, of microscaled formats.</param>
public sealed record WeightFormat(string Name, DType Element, WeightScaling Scaling, double Largest, int EMax = 0)
{
    /// <summary>The fp4 values 0, 0.5, 1, 1.5, 2, 3, 4, 6, two in a byte, the lower column in the lower half.</summary>
    public bool IsPairs => Scaling == WeightScaling.Mx && Element == DType.UInt8;

    /// <summary>Names that <see cref="TryParse"/> knows, for messages.</summary>
    public const string Expected =
        "fp32, bf16, fp16, or fp8_e4m3, fp8_e4m3fn, fp8_e5m2, int8 (:tensor or :channel), mxfp8, mxfp4";

    private static readonly Dictionary<string, WeightFormat> Known = new()
    {
        ["fp32"] = new("fp32", DType.Fp32, WeightScaling.None, double.PositiveInfinity),
        ["bf16"] = new("bf16", DType.Bf16, WeightScaling.None, double.PositiveInfinity),
        ["fp16"] = new("fp16", DType.Fp16, WeightScaling.None, double.PositiveInfinity),
        ["fp8_e4m3"] = new("fp8_e4m3", DType.Fp8E4M3, WeightScaling.Tensor, 240),
        ["fp8_e4m3fn"] = new("fp8_e4m3fn", DType.Fp8E4M3Fn, WeightScaling.Tensor, 448),
        ["fp8_e5m2"] = new("fp8_e5m2", DType.Fp8E5M2, WeightScaling.Tensor, 57344),
        ["int8"] = new("int8", DType.Int8, WeightScaling.Tensor, 127),
        ["mxfp8"] = new("mxfp8", DType.Fp8E4M3Fn, WeightScaling.Mx, 448, 8),
        ["mxfp4"] = new("mxfp4", DType.UInt8, WeightScaling.Mx, 6, 2),
    };

    /// <summary>Every format with its usual scaling, the exact ones first.</summary>
    public static IReadOnlyCollection<WeightFormat> All => Known.Values;

    /// <summary>Reads FORMAT or FORMAT:SCALING; false when it is none.</summary>
    public static bool TryParse(string text, out WeightFormat format)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var found = Known.TryGetValue(colon < 0 ? text : text[..colon], out format!);
        if (!found || colon < 0) return found;
        var scaling = text[(colon + 1)..] switch
        {
            "tensor" => WeightScaling.Tensor,
            "channel" => WeightScaling.Channel,
            "mx" => WeightScaling.Mx,
            _ => WeightScaling.None,
        };
        var fits = scaling == format.Scaling || (scaling == WeightScaling.Channel && format.Scaling == WeightScaling.Tensor);
        format = format with { Name = text, Scaling = scaling };
        return fits && scaling != WeightScaling.None;
    }
}
