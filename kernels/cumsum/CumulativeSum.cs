using TrnEmu.Kernels.Reduce;

namespace TrnEmu.Kernels.Cumsum;

/// <summary>
/// Running sums along rows, up to 128 rows at once, as many columns as fit; the last sum goes on into the next columns.
/// Floats sum in fp32 on Vector, in order, and are rounded once; integers exactly on GpSimd, in steps that double.
/// </summary>
public static class CumulativeSum
{
    private const int Part = 4096;

    /// <summary>Records the running sums of x along its last axis.</summary>
    /// <param name="k">Where it is recorded.</param>
    /// <param name="y">[…, N] in HBM, contiguous.</param>
    /// <param name="x">[…, N] in HBM, contiguous.</param>
    /// <param name="isExclusive">Whether an element is left out of its own sum.</param>
    /// <param name="isReverse">Whether sums start at the end.</param>
    public static void Emit(KernelBuilder k, TensorView y, TensorView x, bool isExclusive, bool isReverse)
    {
        var columns = x.Shape[^1];
        int[] shape = [(int)(x.Elements / columns), columns];
        (y, x) = (y.Reshape(shape), x.Reshape(shape));
        foreach (var m in Chunk.Each(shape[0], Limits.Partitions))
        {
            TensorView? before = null;
            var parts = Chunk.Each(columns, Part);
            foreach (var n in isReverse ? parts.Reverse() : parts)
            {
                var sums = Sums(k, x[m, n], before, isReverse);
                Store(k, y[m, n], isExclusive ? sums[.., ..n.Length] : sums[.., 1..], isReverse);
                before = sums[.., n.Length..];
            }
        }
    }

    /// <summary>[P, 1 + n]: what came before, then the running sums, in the order in which they are made.</summary>
    private static TensorView Sums(KernelBuilder k, TensorView x, TensorView? before, bool isReverse)
    {
        var tile = k.Sbuf("tile", x.DType, x.Shape);
        k.Issue(new DmaCopy(tile, x));
        AccessPattern values = isReverse ? Reversed(tile) : tile;
        var (rows, columns) = (x.Shape[0], x.Shape[1]);
        var sums = k.Sbuf("sums", TypeOf(x.DType), [rows, columns + 1]);
        if (before is null) k.Issue(new Memset(sums[.., ..1], 0));
        else k.Issue(new TensorCopy(sums[.., ..1], before));
        if (sums.DType != DType.Fp32) return Double(k, sums, values);

        var one = k.Sbuf("one", DType.Fp32, [rows, 1]);
        k.Issue(new Memset(one, 1));
        k.Issue(new TensorTensorScan(
            sums[.., 1..], one.Broadcast(1, columns), values, sums[.., ..1], AluOp.Multiply, AluOp.Add));
        return sums;
    }

    /// <summary>Adds to each element the one 1 before, then 2, 4, … before: log2(n) steps make all sums.</summary>
    private static TensorView Double(KernelBuilder k, TensorView sums, in AccessPattern values)
    {
        k.Issue(new TensorCopy(sums[.., 1..], values));
        for (var step = 1; step < sums.Shape[1]; step *= 2)
        {
            var next = k.Sbuf("sums", sums.DType, sums.Shape);
            k.Issue(new TensorCopy(next[.., ..step], sums[.., ..step]));
            k.Issue(new TensorTensor(next[.., step..], sums[.., step..], sums[.., ..^step], AluOp.Add));
            sums = next;
        }

        return sums;
    }

    private static void Store(KernelBuilder k, TensorView y, TensorView sums, bool isReverse)
    {
        var result = k.Sbuf("result", y.DType, y.Shape);
        var values = y.DType.IsInteger() && y.DType.Size() < sizeof(int) ? ReduceTile.LowBits(sums, y.DType) : sums;
        k.Issue(new TensorCopy(result, isReverse ? Reversed(values) : values));
        k.Issue(new DmaCopy(y, result));
    }

    private static DType TypeOf(DType dtype) =>
        dtype == DType.UInt32 ? dtype : dtype.IsInteger() ? DType.Int32 : DType.Fp32;

    /// <summary>The columns of [P, N] on chip from the last to the first.</summary>
    private static AccessPattern Reversed(AccessPattern p) => p with
    {
        Offset = p.Offset + (long)(p.Count3 - 1) * p.Stride3 * p.DType.Size(),
        Stride3 = -p.Stride3,
    };
}
