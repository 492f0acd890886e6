using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.TopElements;

/// <summary>The kernel as an operation of graphs.</summary>
[Lowering("topk")]
public sealed class TopKLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) => TopElements.Emit(
        k, views.Output, views["x"], node.Count("k"), node.Number("largest") == 1, node.Word("output") == "indices");
}
