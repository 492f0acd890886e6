using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Add;

/// <summary>The kernel as an operation of graphs.</summary>
[Lowering("add")]
public sealed class AddLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) =>
        Add.Emit(k, views.Output, views["a"], views["b"]);
}
