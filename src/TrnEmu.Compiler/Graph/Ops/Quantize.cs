using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// y = x / scale as fp8: times the fp32 number 1 / scale, rounded to fp32 as the chip does, held within the largest
/// numbers of the type, rounded to it.
/// </summary>
[GraphOp("quantize", "x", Attributes = ["scale=", "dtype=fp8_e4m3"])]
internal sealed class Quantize : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (x, name, factor) = (call["x"], call.Word("dtype"), Factor(call));
        var fits = call.Require(
                x.DType is DType.Fp32 or DType.Bf16 or DType.Fp16, $"x is {x}, expected fp32, bf16 or fp16")
            & call.Require(float.IsNormal(factor) && factor > 0,
                $"scale is {call.Word("scale")}, expected a number whose reciprocal fp32 holds")
            & call.Require(DTypes.TryParse(name, out var dtype) && dtype.IsFloat() && dtype.Size() == 1,
                $"dtype is {name}, expected fp8_e4m3, fp8_e4m3fn or fp8_e5m2");
        return fits ? x with { DType = dtype } : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var (x, factor) = (values["x"], Factor(call));
        _ = DTypes.TryParse(call.Word("dtype"), out var dtype);
        var limit = dtype.LargestFp8();
        for (var i = 0; i < x.Length; i++)
            values.Output[i] = Conversions.Round(dtype, Math.Clamp((float)x[i] * factor, -limit, limit));
    }

    private static float Factor(GraphCall call) => 1f / (float)call.Number("scale");
}
