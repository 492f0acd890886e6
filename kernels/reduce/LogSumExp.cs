namespace TrnEmu.Kernels.Reduce;

/// <summary>
/// y[P, b] = log(sum of e^x[P, r, b]) = m + log(sum of e^(x - m)) with m the maximum, found in a first sweep. Where m is
/// infinite a finite number is subtracted in its place, and the sum is kept within 1 and 2^60, which it leaves only
/// there: then y = m.
/// </summary>
internal static class LogSumExp
{
    private static readonly double MostTerms = Math.ScaleB(1, 60);

    /// <summary>Records a piece of HBM.</summary>
    public static void Emit(KernelBuilder k, TensorView y, TensorView x)
    {
        int[] shape = [x.Shape[0], x.Shape[2]];
        var tiles = new Dictionary<int, TensorView>();
        var (max, sum) = (k.Sbuf("max", DType.Fp32, shape), k.Sbuf("sum", DType.Fp32, shape));
        k.Issue(new Memset(max, double.NegativeInfinity));
        k.Issue(new Memset(sum, 0));
        foreach (var r in ReduceTile.Rows(x))
        {
            tiles[0] = Load(k, x[.., r]);
            k.Issue(new TensorTensor(max, max, ReduceTile.Combine(k, tiles[0], AluOp.Maximum), AluOp.Maximum));
        }

        var finite = Clamp(k, max, -float.MaxValue, float.MaxValue);
        var isOne = ReduceTile.Rows(x).Count() == 1;
        foreach (var r in ReduceTile.Rows(x))
        {
            var tile = isOne ? tiles[0] : Load(k, x[.., r]);
            k.Issue(new TensorTensor(sum, sum, ReduceTile.Combine(k, Exponentials(k, tile, finite), AluOp.Add), AluOp.Add));
        }

        var (log, result) = (k.Sbuf("log", DType.Fp32, shape), k.Sbuf("log_sum", DType.Fp32, shape));
        k.Issue(new Activation(log, ActivationFunction.Log, Clamp(k, sum, 1, MostTerms)));
        k.Issue(new TensorTensor(result, log, max, AluOp.Add));
        ReduceTile.Store(k, y, result);
    }

    private static TensorView Load(KernelBuilder k, TensorView x)
    {
        var tile = k.Sbuf("tile", x.DType, x.Shape);
        k.Issue(new DmaCopy(tile, x));
        return tile;
    }

    private static TensorView Exponentials(KernelBuilder k, TensorView tile, TensorView max)
    {
        var values = k.Sbuf("exponentials", DType.Fp32, tile.Shape);
        var onEachRow = max.Reshape([max.Shape[0], 1, max.Shape[1]]).Broadcast(1, tile.Shape[1]);
        k.Issue(new TensorTensor(values, tile, onEachRow, AluOp.Subtract));
        k.Issue(new Activation(values, ActivationFunction.Exp, values));
        return values;
    }

    private static TensorView Clamp(KernelBuilder k, TensorView values, double low, double high)
    {
        var result = k.Sbuf("clamped", DType.Fp32, values.Shape);
        k.Issue(new TensorScalar(
            result, values, AluOp.Maximum, (float)low, Op1: AluOp.Minimum, Operand1: (float)high));
        return result;
    }
}
