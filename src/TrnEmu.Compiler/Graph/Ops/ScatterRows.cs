using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// y = x[V,W] with y[ids[t]] = rows[t], t ascending, so that of rows with one id the last stays; with function=add
/// y[ids[t]] += rows[t], integers modulo 2^bits. ids[T,1] are 0 to V - 1, anything else is a fault.
/// </summary>
[GraphOp("scatter_rows", "x", "ids", "rows", Attributes = ["function=none"])]
internal sealed class ScatterRows : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (x, ids, rows, function) = (call["x"], call["ids"], call["rows"], call.Word("function"));
        var fits = call.Require(x.IsMatrix, $"x is {x}, expected [V,W]")
            && call.Require(
                ids is { IsMatrix: true, Columns: 1, DType: DType.Int32 }, $"ids is {ids}, expected int32[T,1]")
            && call.Require(
                rows == x with { Shape = [ids.Rows, x.Columns] },
                $"rows is {rows}, expected {x with { Shape = [ids.Rows, x.Columns] }}")
            & call.Require(function is "none" or "add", $"function is {function}, expected none or add")
            & call.Require(function != "add" || x.DType.IsArithmetic(), $"x is {x}, expected numbers to add to");
        return fits ? x : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var (rows, y, width, dtype) = (values["rows"], values.Output, call["x"].Columns, call["x"].DType);
        var (isSum, add) = (call.Word("function") == "add", ReduceFunction.All["sum"]);
        values["x"].CopyTo(y, 0);
        for (var i = 0; i < rows.Length; i++)
        {
            ref var to = ref y[(int)values["ids"][i / width] * width + i % width];
            to = isSum ? add.Join(dtype, to, rows[i]) : rows[i];
        }
    }
}
