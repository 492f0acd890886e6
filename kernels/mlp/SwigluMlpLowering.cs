using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Mlp;

/// <summary>The kernel as an operation of graphs.</summary>
[Lowering("swiglu_mlp")]
public sealed class SwigluMlpLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) =>
        Mlp.Emit(k, views.Output, views["x"], views["gate"], views["up"], views["down"], views.Find("residual"));
}
