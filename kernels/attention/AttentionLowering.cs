using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Attention;

/// <summary>The kernel as an operation of graphs.</summary>
[Lowering("attention")]
public sealed class AttentionLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) =>
        Attention.Emit(
            k, views.Output, views["q"], views["keys"], views["values"], views["position"],
            node.Count("heads"), node.Count("kv_heads"), (float)node.Number("scale"));
}
