namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>cache[position + t] = rows[t]: the cache[S,W] is updated in place by rows[T,W].</summary>
[GraphOp("cache_append", "cache", "rows", "position", Updates = "cache")]
internal sealed class CacheAppend : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (cache, rows) = (call["cache"], call["rows"]);
        var fits = call.Require(cache.IsMatrix && rows.IsMatrix && cache.Columns == rows.Columns,
            $"cache is {cache}, rows is {rows}, expected [S,W] and [T,W]")
            && call.Require(cache.DType == rows.DType, $"cache is {cache}, rows is {rows}, expected one type")
            && Positions.Check(call);
        return fits ? cache : null;
    }

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values) =>
        values["rows"].CopyTo(values.Output, (int)values["position"][0] * call["rows"].Columns);
}
