using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Elementwise;

/// <summary>unary by the function's operations on each tile.</summary>
[Lowering("unary")]
public sealed class UnaryLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) =>
        Elementwise.Emit(k, views.Output, [views["x"]], Unary.Find(node.Word("function"), views["x"].DType));
}
