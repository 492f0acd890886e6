using TrnEmu.Core.Memory;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// For each row t and head h of q[T, heads * hd]: y = softmax(scale * q · keys[j]) @ values[j] over positions
/// j &lt;= position + t of keys and values [S, kv_heads * hd]. Heads share keys and values in groups of heads /
/// kv_heads.
/// </summary>
[GraphOp("attention", "q", "keys", "values", "position", Attributes = ["heads=", "kv_heads=", "scale=", "dtype=same"])]
internal sealed class Attention : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (q, keys, heads, groups) = (call["q"], call["keys"], call.Count("heads"), call.Count("kv_heads"));
        var fits = call.Require(q.IsMatrix, $"q is {q}, expected [T, heads * hd]")
            && call.Require(groups > 0 && heads > 0 && heads % groups == 0,
                $"heads is {call.Word("heads")}, kv_heads {call.Word("kv_heads")}: expected a multiple")
            && call.Require(new GraphAttribute("scale", call.Word("scale")).Number is not null,
                $"attribute scale={call.Word("scale")} is not a number")
            && call.Require(q.Columns % heads == 0, $"q is {q}, heads is {heads}: heads must have the same size")
            && call.Require(keys.IsMatrix && keys.Columns == q.Columns / heads * groups,
                $"keys is {keys}, expected [S,{q.Columns / heads * groups}]")
            && call.Require(call["values"] == keys, $"values is {call["values"]}, keys is {keys}, expected the same")
            && Positions.Check(call)
            & call.RequireFloats("q", "keys", "values")
            & call.Require(q.Columns / heads <= Limits.Partitions,
                $"heads have {q.Columns / heads} columns, limit {Limits.Partitions}: one lies on the partitions");
        return fits ? call.Result(q) : null;
    }

    /// <inheritdoc/>
    public long Macs(GraphCall call) => 2 * call["q"].Elements * call["keys"].Rows;

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var size = call["q"].Columns / call.Count("heads");
        for (var start = 0; start < values.Output.Length; start += size) Head(call, values, start, size);
    }

    private static void Head(GraphCall call, NodeValues values, int start, int size)
    {
        var (q, keys, v, y) = (values["q"], values["keys"], values["values"], values.Output);
        var (row, column) = Math.DivRem(start, call["q"].Columns);
        var width = call["keys"].Columns;
        var group = column / size / (call.Count("heads") / call.Count("kv_heads")) * size;
        var weights = new double[(int)values["position"][0] + row + 1];
        for (var j = 0; j < weights.Length; j++)
        {
            for (var i = 0; i < size; i++) weights[j] += q[start + i] * keys[j * width + group + i];
            weights[j] *= call.Number("scale");
        }

        var (max, sum) = (weights.Max(), 0.0);
        for (var j = 0; j < weights.Length; j++) sum += weights[j] = Math.Exp(weights[j] - max);
        for (var j = 0; j < weights.Length; j++)
        {
            for (var i = 0; i < size; i++) y[start + i] += weights[j] / sum * v[j * width + group + i];
        }
    }
}
