using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.LinearMx;

/// <summary>The kernel as an operation of graphs.</summary>
[Lowering("linear_mx")]
public sealed class LinearMxLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views)
    {
        var w = views["w"];
        LinearMx.Emit(
            k, views.Output, views["x"], w.As(w.DType == DType.UInt8 ? DType.Fp4E2M1X4 : DType.Fp8E4M3FnX4),
            views["scale"].As(DType.E8M0), views.Find("bias"), node.Function("activation"), views.Find("residual"));
    }
}
