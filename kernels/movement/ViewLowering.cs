using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Movement;

/// <summary>view as a copy of the elements that it names.</summary>
[Lowering("view")]
public sealed class ViewLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views)
    {
        var strides = Array.ConvertAll(node.Integers("strides")!, s => (long)s);
        if (strides.Length == 0) strides = [0];
        Move.Emit(k, views.Output, views["x"].Strided(views.Output.Shape, strides, (long)node.Number("offset")));
    }
}
