using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Movement;

/// <summary>reshape as a copy, for results that the caller reads; others are the operand itself.</summary>
[Lowering("reshape")]
public sealed class ReshapeLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) =>
        Move.Emit(k, views.Output, views["x"].Reshape(views.Output.Shape));
}
