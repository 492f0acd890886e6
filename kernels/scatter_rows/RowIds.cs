namespace TrnEmu.Kernels.ScatterRows;

/// <summary>
/// Up to 128 ids of rows in SBUF, one on each partition, and which of them are equal. DMA engines have no order among
/// them, so rows of one id must be made the same before they are written.
/// </summary>
internal sealed class RowIds
{
    /// <summary>Loads ids [T, 1] of HBM and compares each with each, as integers on GpSimd.</summary>
    public RowIds(KernelBuilder k, TensorView ids)
    {
        var count = ids.Shape[0];
        Index = k.Sbuf("index", ids.DType, [count, 1]);
        Equal = k.Sbuf("equal", ids.DType, [count, count]);
        k.Issue(new DmaCopy(Index, ids));
        k.Issue(new DmaCopy(Equal, ids.Reshape([1, count]).Broadcast(0, count)));
        k.Issue(new TensorTensor(Equal, Equal, Index.Broadcast(1, count), AluOp.Equal));
    }

    /// <summary>The ids: int32 [T, 1].</summary>
    public TensorView Index { get; }

    /// <summary>int32 [T, T]: 1 where the ids of two rows are equal, else 0.</summary>
    public TensorView Equal { get; }

    /// <summary>For each row the last one that has its id: int32 [T, 1].</summary>
    public TensorView Last(KernelBuilder k)
    {
        var count = Index.Shape[0];
        var (places, last) = (k.Sbuf("places", DType.Int32, [count, count]), k.Sbuf("last", DType.Int32, [count, 1]));
        k.Issue(new Iota(places, [new AffineLevel(1, count)]));
        k.Issue(new TensorTensor(places, places, Equal, AluOp.Multiply));
        k.Issue(new TensorReduce(last, AluOp.Maximum, places, Axis: [-1]));
        return last;
    }
}
