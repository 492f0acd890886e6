using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Softmax;

/// <summary>The kernel as an operation of graphs.</summary>
[Lowering("softmax")]
public sealed class SoftmaxLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) =>
        SoftmaxRows.Emit(k, views.Output, views["x"], node.Number("log") == 1);
}
