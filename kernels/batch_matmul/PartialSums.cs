namespace TrnEmu.Kernels.BatchMatmul;

/// <summary>
/// Sums of products [M, N]. PSUM adds up a number of terms in fp32; where that is not all of them, what it holds joins
/// a total in int32, which GpSimd adds exactly, and it starts again.
/// </summary>
internal sealed class PartialSums(KernelBuilder k, int rows, int columns, int terms)
{
    private TensorView? _total;
    private TensorView? _sums;
    private int _count;

    /// <summary>Adds left[K, M].T @ right[K, N].</summary>
    public void Add(TensorView left, TensorView right)
    {
        if (_sums is not null && _count >= terms) Collect();
        var isFirst = _sums is null;
        _sums ??= k.Psum("sums", DType.Fp32, [rows, columns]);
        k.Issue(new NcMatmul(_sums, left, right, Accumulate: !isFirst));
        _count += left.Shape[0];
    }

    /// <summary>All that was added: in PSUM, or int32 in SBUF.</summary>
    public TensorView Total()
    {
        if (terms == int.MaxValue) return _sums!;
        Collect();
        return _total!;
    }

    private void Collect()
    {
        var part = k.Sbuf("part", DType.Int32, [rows, columns]);
        k.Issue(new TensorCopy(part, _sums!));
        if (_total is not null) k.Issue(new TensorTensor(part, _total, part, AluOp.Add));
        (_total, _sums, _count) = (part, null, 0);
    }
}
