using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.LayerNorm;

/// <summary>The kernel as an operation of graphs.</summary>
[Lowering("layer_norm")]
public sealed class LayerNormLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) =>
        LayerNorm.Emit(k, views.Output, views["x"], views["gamma"], views["beta"], (float)node.Number("epsilon"));
}
