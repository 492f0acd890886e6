using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Elementwise;

/// <summary>binary by the function's operations on each tile.</summary>
[Lowering("binary")]
public sealed class BinaryLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) => Elementwise.Emit(
        k, views.Output, [views["a"], views["b"]], Binary.Find(node.Word("function"), views["a"].DType));
}
