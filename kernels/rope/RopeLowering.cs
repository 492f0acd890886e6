using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Rope;

/// <summary>The kernel as an operation of graphs.</summary>
[Lowering("rope")]
public sealed class RopeLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) =>
        Rope.Emit(k, views.Output, views["x"], views["cos"], views["sin"], views["position"], node.Count("heads"));
}
