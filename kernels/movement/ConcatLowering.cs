using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Movement;

/// <summary>concat as a copy of each operand to its part of the result.</summary>
[Lowering("concat")]
public sealed class ConcatLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views)
    {
        var axis = (int)node.Number("axis");
        var start = 0;
        foreach (var x in views.All)
        {
            Move.Emit(k, Move.Part(views.Output, axis, start, x.Shape[axis]), x);
            start += x.Shape[axis];
        }
    }
}
