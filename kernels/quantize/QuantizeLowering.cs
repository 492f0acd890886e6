using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;
using TrnEmu.Kernels.Elementwise;

namespace TrnEmu.Kernels.Quantize;

/// <summary>x over a scale in fp32, held within the numbers of an fp8 type, then rounded to it.</summary>
[Lowering("quantize")]
public sealed class QuantizeLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views)
    {
        var factor = 1f / (float)node.Number("scale");
        Elementwise.Elementwise.Emit(k, views.Output, [views["x"]], tile => Quantise(tile, factor));
    }

    private static void Quantise(ElementTile t, float factor)
    {
        double limit = t.Result.DType.LargestFp8();
        var scaled = t.New("scaled");
        t.Scalar(scaled, t.X, AluOp.Multiply, factor, AluOp.Minimum, limit);
        t.Scalar(t.Result, scaled, AluOp.Maximum, -limit);
    }
}
