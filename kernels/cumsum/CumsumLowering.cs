using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Cumsum;

/// <summary>The kernel as an operation of graphs.</summary>
[Lowering("cumsum")]
public sealed class CumsumLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) => CumulativeSum.Emit(
        k, views.Output, views["x"], node.Number("exclusive") == 1, node.Number("reverse") == 1);
}
