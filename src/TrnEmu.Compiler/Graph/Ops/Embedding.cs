using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>y[t] = table[ids[t]]: rows of table[V,D] by ids[T,1].</summary>
[GraphOp("embedding", "table", "ids")]
internal sealed class Embedding : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (table, ids) = (call["table"], call["ids"]);
        var fits = call.Require(table.IsMatrix, $"table is {table}, expected [V,D]")
            & call.Require(
                ids is { IsMatrix: true, Columns: 1, DType: DType.Int32 }, $"ids is {ids}, expected int32[T,1]");
        return fits ? table with { Shape = [ids.Rows, table.Columns] } : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var width = call["table"].Columns;
        for (var i = 0; i < values.Output.Length; i++)
            values.Output[i] = values["table"][(int)values["ids"][i / width] * width + i % width];
    }
}
