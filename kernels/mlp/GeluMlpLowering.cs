using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Mlp;

/// <summary>The kernel as an operation of graphs.</summary>
[Lowering("gelu_mlp")]
public sealed class GeluMlpLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) =>
        Mlp.Emit(
            k, views.Output, views["x"], views["up"], views["down"], node.Function("activation"), views.Find("up_bias"),
            views.Find("down_bias"), views.Find("residual"));
}
