using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Graph.Ops;

/// <summary>
/// y[…, M, N] = a[…, M, K] @ b[…, K, N], leading dimensions broadcast. Of int8 and uint8 the sums are exact, as int32.
/// </summary>
[GraphOp("matmul", "a", "b", Attributes = ["dtype=same"])]
internal sealed class Matmul : IGraphOp
{
    /// <inheritdoc/>
    public TensorType? Infer(GraphCall call)
    {
        var (a, b) = (call["a"], call["b"]);
        var fits = call.Require(
                a.Shape.Count >= 2 && b.Shape.Count >= 2, $"a is {a}, b is {b}, expected […,M,K] and […,K,N]")
            && call.Require(
                a.Columns == b.Shape[^2], $"a is {a}, b is {b}: {a.Columns} columns meet {b.Shape[^2]} rows")
            & call.Require(
                a.DType.IsFloat() ? b.DType.IsFloat() : IsByte(a.DType) && IsByte(b.DType),
                $"a is {a}, b is {b}, expected floats, or int8 and uint8: no others are exact on the chip");
        if (!fits) return null;
        var batch = BatchShapes.Broadcast(a.Shape, b.Shape);
        if (!call.Require(
            batch is not null, $"a is {a}, b is {b}: leading dimensions differ, and none of the two is 1"))
            return null;
        var y = a with { Shape = [.. batch!, a.Shape[^2], b.Columns] };
        if (a.DType.IsFloat()) return call.Result(y);
        return call.Require(call.Word("dtype") == "int32", $"dtype is {call.Word("dtype")}, sums of integers are int32")
            ? y with { DType = DType.Int32 } : null;
    }

    /// <inheritdoc/>
    public long Macs(GraphCall call) =>
        BatchShapes.Broadcast(call["a"].Shape, call["b"].Shape)!.Aggregate(1L, (n, e) => n * e)
        * call["a"].Shape[^2] * call["a"].Columns * call["b"].Columns;

    /// <inheritdoc/>
    public void Evaluate(GraphCall call, NodeValues values)
    {
        var (a, b) = (call["a"], call["b"]);
        var (left, right) = (a.Shape[^2] * a.Columns, b.Shape[^2] * b.Columns);
        var batch = BatchShapes.Broadcast(a.Shape, b.Shape)!;
        var (x, w) = (BatchShapes.Sources(a.Shape, batch), BatchShapes.Sources(b.Shape, batch));
        for (var i = 0; i < x.Length; i++)
        {
            var product = Products.Multiply(
                values["a"][(x[i] * left)..((x[i] + 1) * left)],
                values["b"][(w[i] * right)..((w[i] + 1) * right)], a.Columns);
            product.CopyTo(values.Output, i * product.Length);
        }
    }

    private static bool IsByte(DType dtype) => dtype is DType.Int8 or DType.UInt8;
}
