using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Reduce;

/// <summary>The kernel as an operation of graphs.</summary>
[Lowering("reduce")]
public sealed class ReduceLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) => Reduction.Emit(
        k, views.Output, views["x"], node.Word("function"), node["x"].Shape, node.Integers("axes")!);
}
