using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.RmsNorm;

/// <summary>The kernel as an operation of graphs.</summary>
[Lowering("rms_norm")]
public sealed class RmsNormLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) =>
        RmsNorm.Emit(k, views.Output, views["x"], views["weight"], (float)node.Number("epsilon"));
}
