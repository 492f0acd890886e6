using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.Elementwise;

/// <summary>where as a copy of y, onto which x is copied where c is not 0: bits move, nothing is computed.</summary>
[Lowering("where")]
public sealed class WhereLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views) =>
        Elementwise.Emit(k, views.Output, [views["c"], views["x"], views["y"]], static t =>
        {
            t.Copy(t.Result, t.Operands[2]);
            t.Choose(t.Result, t.X, t.Operands[1].ToScalarOperand());
        });
}
