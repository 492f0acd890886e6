using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Embedding;

/// <summary>The kernel as an operation of graphs.</summary>
[Lowering("embedding")]
public sealed class EmbeddingLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) =>
        Embedding.Emit(k, views.Output, views["table"], views["ids"]);
}
