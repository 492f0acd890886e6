namespace TrnEmu.Kernels.Softmax;

/// <summary>
/// Softmax, or its logarithm, of rows of any length, up to 128 at once. A row that is too long to stay in SBUF comes
/// three times in parts: for its maximum, for its sum, and for its results.
/// </summary>
public static class SoftmaxRows
{
    // Of each element there are x, a power and a result: with fp32 96 KiB of each partition, half of the smallest SBUF.
    private const int Part = 8192;

    /// <summary>Records y = softmax(x) along the last axis.</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[…, N] in HBM, contiguous.</param>
    /// <param name="x">[…, N] in HBM, contiguous, floats.</param>
    /// <param name="isLog">Whether y is the logarithm.</param>
    public static void Emit(KernelBuilder k, TensorView y, TensorView x, bool isLog)
    {
        var columns = x.Shape[^1];
        int[] shape = [(int)(x.Elements / columns), columns];
        (y, x) = (y.Reshape(shape), x.Reshape(shape));
        foreach (var m in Chunk.Each(shape[0], Limits.Partitions)) EmitRows(k, y[m], x[m], isLog);
    }

    private static void EmitRows(KernelBuilder k, TensorView y, TensorView x, bool isLog)
    {
        var held = x.Shape[1] <= Part ? Load(k, x) : null;
        var negativeMax = Fold(k, x, held, AluOp.Maximum, static (k, tile, max) =>
            k.Issue(new TensorReduce(max, AluOp.Maximum, tile, Axis: [-1])));
        k.Issue(new TensorScalar(negativeMax, negativeMax, AluOp.Multiply, -1));
        var sum = Fold(k, x, held, AluOp.Add, (k, tile, total) => Powers(k, tile, negativeMax, total));
        var last = k.Sbuf(isLog ? "log" : "scale", DType.Fp32, sum.Shape);
        k.Issue(isLog ? new Activation(last, ActivationFunction.Log, sum) : new Reciprocal(last, sum));
        foreach (var n in Chunk.Each(x.Shape[1], Part))
        {
            var tile = held ?? Load(k, x[.., n]);
            var result = k.Sbuf("result", y.DType, tile.Shape);
            k.Issue(isLog
                ? new TensorScalar(result, tile, AluOp.Add, negativeMax, Op1: AluOp.Subtract, Operand1: last)
                : new TensorScalar(result, Powers(k, tile, negativeMax), AluOp.Multiply, last));
            k.Issue(new DmaCopy(y[.., n], result));
        }
    }

    /// <summary>One fp32 value for each row: what its parts give, joined.</summary>
    private static TensorView Fold(
        KernelBuilder k, TensorView x, TensorView? held, AluOp op, Action<KernelBuilder, TensorView, TensorView> part)
    {
        TensorView? all = null;
        foreach (var n in Chunk.Each(x.Shape[1], Part))
        {
            var one = k.Sbuf("part", DType.Fp32, [x.Shape[0], 1]);
            part(k, held ?? Load(k, x[.., n]), one);
            if (all is not null) k.Issue(new TensorTensor(one, all, one, op));
            all = one;
        }

        return all!;
    }

    /// <summary>e^(x - max) in fp32, and the sum of each row where it is asked for.</summary>
    private static TensorView Powers(KernelBuilder k, TensorView tile, TensorView negativeMax, TensorView? sum = null)
    {
        var powers = k.Sbuf("powers", DType.Fp32, tile.Shape);
        k.Issue(sum is null
            ? new Activation(powers, ActivationFunction.Exp, tile, Bias: negativeMax)
            : new ActivationReduce(powers, ActivationFunction.Exp, tile, AluOp.Add, sum, Bias: negativeMax));
        return powers;
    }

    private static TensorView Load(KernelBuilder k, TensorView x)
    {
        var tile = k.Sbuf("tile", x.DType, x.Shape);
        k.Issue(new DmaCopy(tile, x));
        return tile;
    }
}
