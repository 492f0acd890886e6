using TrnEmu.Compiler.Graph;
using TrnEmu.Compiler.Lowering;

namespace TrnEmu.Kernels.ScatterRows;

/// <summary>The kernels as an operation of graphs.</summary>
[Lowering("scatter_rows")]
public sealed class ScatterRowsLowering : ILowering
{
    /// <inheritdoc/>
    public void Emit(KernelBuilder k, GraphCall node, NodeViews views)
    {
        var (y, x, ids, rows) = (views.Output, views["x"], views["ids"], views["rows"]);
        if (node.Word("function") == "add") ScatterAdd.Emit(k, y, x, ids, rows);
        else ScatterRows.Emit(k, y, x, ids, rows);
    }
}
