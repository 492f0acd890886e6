using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.BatchMatmul;

/// <summary>The kernel as an operation of graphs.</summary>
[Lowering("matmul")]
public sealed class MatmulLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) =>
        BatchMatmul.Emit(k, views.Output, views["a"], views["b"]);
}
