using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>Matrix products.</summary>
internal static class ProductOps
{
    [OnnxOp("MatMul")]
    private static void MatMul(OnnxNode n) => n.Make(Product(n.Emit, n[0], n[1]));

    [OnnxOp("FusedMatMul", Domain = OnnxOpAttribute.Microsoft)]
    private static void FusedMatMul(OnnxNode n)
    {
        var e = n.Emit;
        var a = n.Int("transBatchA", 0) != 0 ? RowsInside(e, n[0]) : n[0];
        var b = n.Int("transBatchB", 0) != 0 ? RowsInside(e, n[1]) : n[1];
        (a, b) = (n.Int("transA", 0) != 0 ? e.Turn(a) : a, n.Int("transB", 0) != 0 ? e.Turn(b) : b);
        n.Make(e.Scaled(Product(e, a, b), n.Number("alpha", 1)));
    }

    [OnnxOp("Gemm")]
    private static void Gemm(OnnxNode n)
    {
        var e = n.Emit;
        var (a, b) = (n.Int("transA", 0) != 0 ? e.Turn(n[0]) : n[0], n.Int("transB", 0) != 0 ? e.Turn(n[1]) : n[1]);
        if (a.Rank != 2 || b.Rank != 2) throw new OnnxRefusal($"{n[0]} and {n[1]} are no matrices");
        var (alpha, beta) = (n.Number("alpha", 1), n.Number("beta", 1));
        var bias = n.Find(2) is { } c && beta != 0 ? e.Scaled(c, beta) : null;
        var isLinear = alpha == 1 && bias is not null && !a.IsEmpty && !b.IsEmpty && a.Type.IsFloat()
            && bias.Shape.SequenceEqual([b.Shape[1]]);
        if (isLinear)
        {
            n.Make(e.Add("linear", [a, b, bias!], a.Type));
            return;
        }

        var y = e.Scaled(e.MatMul(a, b), alpha);
        n.Make(bias is null ? y : e.Sum(y, bias));
    }

    [OnnxOp("MatMulInteger")]
    private static void MatMulInteger(OnnxNode n) => n.Make(Integer(n.Emit, n[0], n[1], n.Find(2), n.Find(3)));

    [OnnxOp("QLinearMatMul")]
    private static void QLinearMatMul(OnnxNode n)
    {
        var e = n.Emit;
        var sums = Integer(e, n[0], n[3], n[2], n[5]);
        var scale = e.Quotient(e.Product(Column(e, e.Wide(n[1])), e.Wide(n[4])), e.Wide(n[6]));
        var type = n[7].Type;
        n.Make(QuantizeOps.Rounded(e, e.Product(e.Wide(sums), scale), n[7], type));
    }

    /// <summary>numpy.matmul: vectors are a row or a column that is dropped again.</summary>
    public static Value Product(Emitter e, Value a, Value b)
    {
        if (a.Rank == 0 || b.Rank == 0) throw new OnnxRefusal($"{a} and {b} do not multiply");
        var (x, y) = (a.Rank == 1 ? e.Reshape(a, 1, a.Shape[0]) : a, b.Rank == 1 ? e.Reshape(b, b.Shape[0], 1) : b);
        var product = Flat(e, x, y);
        var shape = product.Shape.ToList();
        if (b.Rank == 1) shape.RemoveAt(shape.Count - 1);
        if (a.Rank == 1) shape.RemoveAt(shape.Count - (b.Rank == 1 ? 1 : 2));
        return e.Reshape(product, [.. shape]);
    }

    /// <summary>[M, ..., K] as [..., M, K].</summary>
    private static Value RowsInside(Emitter e, Value x) => x.Rank < 2
        ? throw new OnnxRefusal($"batches of {x}, expected rank 2 at least")
        : e.Transpose(x, [.. Enumerable.Range(1, x.Rank - 2), 0, x.Rank - 1]);

    /// <summary>[..., M, K] @ [K, N] as one product of matrices.</summary>
    private static Value Flat(Emitter e, Value a, Value b)
    {
        if (a.Rank <= 2 || b.Rank != 2 || a.IsEmpty || b.IsEmpty) return e.MatMul(a, b);
        var y = e.MatMul(e.Reshape(a, (int)(a.Count / a.Shape[^1]), a.Shape[^1]), b);
        return e.Reshape(y, [.. a.Shape[..^1], b.Shape[1]]);
    }

    /// <summary>(a - az) @ (b - bz) in int32: the product, less the sums of rows and columns times zero
    /// points.</summary>
    private static Value Integer(Emitter e, Value a, Value b, Value? az, Value? bz)
    {
        var depth = a.Shape[^1];
        var y = e.MatMul(a, b, DType.Int32, OnnxType.Int32);
        var (left, right) = (Zero(e, az, isColumn: true), Zero(e, bz, isColumn: false));
        if (left is not null)
            y = e.Difference(y, e.Product(e.Reduce("sum", e.Cast(b, OnnxType.Int32), b.Rank - 2), left));
        if (right is not null)
            y = e.Difference(y, e.Product(e.Reduce("sum", e.Cast(a, OnnxType.Int32), a.Rank - 1), right));
        return left is null || right is null ? y : e.Sum(y, e.Scaled(e.Product(left, right), depth));
    }

    private static Value? Zero(Emitter e, Value? zero, bool isColumn)
    {
        if (zero is null || (zero.Constant is { } data && Array.TrueForAll(data.Values, v => v == 0))) return null;
        var wide = e.Cast(zero, OnnxType.Int32);
        return isColumn ? Column(e, wide) : wide;
    }

    private static Value Column(Emitter e, Value x) => x.Rank == 1 && x.Count > 1 ? e.Reshape(x, x.Shape[0], 1) : x;
}
