namespace TrnEmu.Kernels.Reduce;

/// <summary>y[P, b] = x[P, R, b] folded along R: as many rows of R at a time as fit, then what they gave.</summary>
internal static class ReduceTile
{
    /// <summary>Records the fold of a piece of HBM.</summary>
    public static void Emit(KernelBuilder k, TensorView y, TensorView x, ReduceStage stage)
    {
        var type = stage.TypeOf(x.DType);
        TensorView? sum = null;
        foreach (var r in Rows(x))
        {
            var tile = k.Sbuf("tile", x.DType, [x.Shape[0], r.Length, x.Shape[2]]);
            k.Issue(new DmaCopy(tile, x[.., r]));
            var part = Combine(k, Before(k, tile, stage.Before, type), stage.Op);
            if (sum is not null) k.Issue(new TensorTensor(part, sum, part, stage.Op));
            sum = part;
        }

        Store(k, y, After(k, sum!, stage));
    }

    /// <summary>Rows of R that are loaded at once.</summary>
    public static IEnumerable<Chunk> Rows(TensorView x) =>
        Chunk.Each(x.Shape[1], Math.Max(1, ReduceRows.Most / x.Shape[2]));

    /// <summary>[P, b] of values [P, r, b], in the type in which they are combined; integers are lost.</summary>
    public static TensorView Combine(KernelBuilder k, TensorView values, AluOp op)
    {
        if (values.DType is DType.Int32 or DType.UInt32) return Halve(k, values, op);
        var result = k.Sbuf("part", DType.Fp32, [values.Shape[0], values.Shape[2]]);
        k.Issue(new TensorReduce(result, op, values.Permute([0, 2, 1]), Axis: [-1]));
        return result;
    }

    /// <summary>Rounds values [P, b] to the dtype of a piece of HBM and stores them; integers modulo 2^bits.</summary>
    public static void Store(KernelBuilder k, TensorView y, TensorView values)
    {
        if (values.DType != y.DType)
        {
            var result = k.Sbuf("result", y.DType, values.Shape);
            k.Issue(new TensorCopy(result, values.DType.IsInteger() ? LowBits(values, y.DType) : values));
            values = result;
        }

        k.Issue(new DmaCopy(y, values));
    }

    /// <summary>The lowest bits of integers [P, b] of 32 bits, as integers of a smaller type.</summary>
    public static TensorView LowBits(TensorView values, DType dtype) => values.As(dtype)
        .Reshape([values.Shape[0], values.Shape[1], values.DType.Size() / dtype.Size()])[.., .., 0];

    /// <summary>Half of the rows join the other half, on GpSimd, until one is left.</summary>
    private static TensorView Halve(KernelBuilder k, TensorView values, AluOp op)
    {
        for (var n = values.Shape[1]; n > 1;)
        {
            var half = n / 2;
            var (to, from) = (values[.., ..half], values[.., (n - half)..n]);
            k.Issue(new TensorTensor(to, to, from, op));
            n -= half;
        }

        return values[.., 0];
    }

    private static TensorView Before(KernelBuilder k, TensorView tile, AluOp before, DType type)
    {
        if (before == AluOp.Bypass && type == DType.Fp32) return tile;
        var values = k.Sbuf("values", type, tile.Shape);
        if (before == AluOp.Square) return Square(k, values, tile);
        if (type == DType.Fp32)
        {
            k.Issue(new TensorScalar(values, tile, AluOp.Abs, 0));
            return values;
        }

        k.Issue(new TensorCopy(values, tile));
        return before == AluOp.Abs && type == DType.Int32 ? Magnitude(k, values) : values;
    }

    private static TensorView Square(KernelBuilder k, TensorView values, TensorView tile)
    {
        if (values.DType != DType.Fp32)
        {
            k.Issue(new TensorCopy(values, tile));
            tile = values;
        }

        k.Issue(new TensorTensor(values, tile, tile, AluOp.Multiply));
        return values;
    }

    /// <summary>max(x, 0 - x), exact on integers.</summary>
    private static TensorView Magnitude(KernelBuilder k, TensorView values)
    {
        var negative = k.Sbuf("negative", values.DType, values.Shape);
        k.Issue(new Memset(negative, 0));
        k.Issue(new TensorTensor(negative, negative, values, AluOp.Subtract));
        k.Issue(new TensorTensor(values, values, negative, AluOp.Maximum));
        return values;
    }

    private static TensorView After(KernelBuilder k, TensorView sum, ReduceStage stage)
    {
        if (stage.Scale != 1)
        {
            var scaled = k.Sbuf("scaled", DType.Fp32, sum.Shape);
            k.Issue(new TensorScalar(scaled, sum, AluOp.Multiply, (float)stage.Scale));
            return scaled;
        }

        if (!stage.IsRoot) return sum;

        // The power of GpSimd takes every sum; the root of Scalar is valid within bounds, and 0 lies outside.
        var (half, root) = (k.Sbuf("half", DType.Fp32, sum.Shape), k.Sbuf("root", DType.Fp32, sum.Shape));
        k.Issue(new Memset(half, 0.5));
        k.Issue(new TensorTensor(root, sum, half, AluOp.Power));
        return root;
    }
}
