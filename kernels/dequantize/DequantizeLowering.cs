using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Dequantize;

/// <summary>The kernel as an operation of graphs.</summary>
[Lowering("dequantize")]
public sealed class DequantizeLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) =>
        Dequantize.Emit(k, views.Output, views["w"], views["scale"], node.Count("pairs") > 0);
}
