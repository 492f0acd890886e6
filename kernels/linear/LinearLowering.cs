using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Linear;

/// <summary>The kernel as an operation of graphs.</summary>
[Lowering("linear")]
public sealed class LinearLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) =>
        Linear.Emit(
            k, views.Output, views["x"], views["w"], views.Find("bias"), node.Function("activation"),
            views.Find("residual"), (float)node.Number("scale"));
}
